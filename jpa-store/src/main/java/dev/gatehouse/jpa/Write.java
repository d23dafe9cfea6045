package dev.gatehouse.jpa;

import dev.gatehouse.spi.ConsumerEditor.Expected;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * One transaction that writes; used by one thread.
 *
 * @param em where
 * @param changed collects what other nodes are told
 * @param expected what must stand where it writes
 */
record Write(EntityManager em, Changed changed, Expected expected) {
  /** Does what is to be written, and then tells what it changed. */
  <T> T told(Function<Write, T> work, InstantSource clock) {
    T answer = work.apply(this);
    changed.tell(em, StoredTime.micros(clock.instant()));
    return answer;
  }

  /** A write inside this one that expects nothing. */
  Write inside() {
    return expecting(Expected.ANYTHING);
  }

  /** A write inside this one that expects something else. */
  Write expecting(Expected other) {
    return new Write(em, changed, other);
  }
}
