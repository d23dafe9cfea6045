package dev.gatehouse.servers.unenforced;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Delivers an object that it creates itself. */
@ApplicationScoped
public class Delivery {
  /** One without an interceptor. */
  @Produces
  public Delivered delivered() {
    return new Delivered();
  }
}
