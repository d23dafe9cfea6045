package dev.gatehouse.internal.injection;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.event.GateEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's observers. */
@ApplicationScoped
class EventObservers {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  void refused(@Observes GateEvent.Refused event) {
    lines.add(event.status() + " by " + event.plugin() + " on " + event.route());
  }

  void admitted(@Observes GateEvent.Admitted event) {
    lines.add(event.consumer().map(Consumer::username).orElse("-") + " on " + event.route());
    if (event.consumer().map(Consumer::username).filter("fails"::equals).isPresent()) {
      throw new IllegalStateException("an observer that breaks");
    }
  }

  List<String> lines() {
    return lines;
  }
}
