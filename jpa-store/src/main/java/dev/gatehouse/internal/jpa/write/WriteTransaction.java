package dev.gatehouse.internal.jpa.write;

import dev.gatehouse.internal.jpa.row.ChangeLog;
import dev.gatehouse.internal.jpa.row.StoredTime;
import dev.gatehouse.spi.store.ConsumerEditor.Expected;
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
public record WriteTransaction(EntityManager em, ChangeLog changed, Expected expected) {
  /** Does what is to be written, and then tells what it changed. */
  public <T> T told(Function<WriteTransaction, T> work, InstantSource clock) {
    T answer = work.apply(this);
    changed.tell(em, StoredTime.micros(clock.instant()));
    return answer;
  }

  /** A write inside this one that expects nothing. */
  WriteTransaction inside() {
    return expecting(Expected.ANYTHING);
  }

  /** A write inside this one that expects something else. */
  public WriteTransaction expecting(Expected other) {
    return new WriteTransaction(em, changed, other);
  }
}
