package dev.gatehouse.internal.jpa.write;

import dev.gatehouse.internal.jpa.row.ChangeLog;
import dev.gatehouse.internal.jpa.row.StoredTime;
import dev.gatehouse.spi.store.Precondition;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * One transaction that writes; used by one thread.
 *
 * @param em where
 * @param changed collects what other nodes are told
 * @param precondition of the record that it writes
 */
public record WriteTransaction(EntityManager em, ChangeLog changed, Precondition precondition) {
  /** Does what is to be written, and then tells what it changed. */
  public <T> T told(Function<WriteTransaction, T> work, InstantSource clock) {
    T answer = work.apply(this);
    changed.tell(em, StoredTime.micros(clock.instant()));
    return answer;
  }

  /** A write inside this one without a precondition. */
  WriteTransaction inside() {
    return under(Precondition.none());
  }

  /** A write inside this one with another precondition. */
  public WriteTransaction under(Precondition other) {
    return new WriteTransaction(em, changed, other);
  }
}
