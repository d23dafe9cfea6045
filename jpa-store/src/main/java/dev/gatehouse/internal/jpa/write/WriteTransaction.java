package dev.gatehouse.internal.jpa.write;

import dev.gatehouse.internal.jpa.row.ChangeLog;
import dev.gatehouse.internal.jpa.row.StoredTime;
import dev.gatehouse.spi.store.Precondition;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * A transaction that writes. Not safe for use by several threads.
 *
 * @param em the entity manager
 * @param changed the changes that are reported to other nodes
 * @param precondition the precondition of the written record
 */
public record WriteTransaction(EntityManager em, ChangeLog changed, Precondition precondition) {
  /** Runs the writes and then writes the changes for other nodes. */
  public <T> T run(Function<WriteTransaction, T> work, InstantSource clock) {
    T answer = work.apply(this);
    changed.write(em, StoredTime.micros(clock.instant()));
    return answer;
  }

  /** Returns a nested write without a precondition. */
  WriteTransaction inside() {
    return under(Precondition.none());
  }

  /** Returns a nested write with another precondition. */
  public WriteTransaction under(Precondition other) {
    return new WriteTransaction(em, changed, other);
  }
}
