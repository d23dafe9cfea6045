package dev.gatehouse.internal.injection;

import dev.gatehouse.Consumer;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import java.io.Serializable;

/** A passivating bean: CDI refuses to deploy it when what it injects cannot be passivated. */
@SessionScoped
class Basket implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject Consumer consumer;

  String owner() {
    return consumer.username();
  }
}
