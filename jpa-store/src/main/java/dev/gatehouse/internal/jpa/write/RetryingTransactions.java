package dev.gatehouse.internal.jpa.write;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.jpa.row.ChangeLog;
import dev.gatehouse.internal.jpa.sql.SqlErrors;
import dev.gatehouse.internal.jpa.sql.Transactions;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.PreconditionFailedException;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Reads and writes of the store, with the failures of the database as exceptions of the store.
 *
 * @param transactions bounds the work
 * @param clock for the time of a change
 */
public record RetryingTransactions(Transactions transactions, InstantSource clock) {
  private static final int MAX_TRIES = 8;

  /** Doubles with each try; the pause is a random part of it. */
  private static final long FIRST_PAUSE_NANOS = 4_000_000;

  /** Returns what work reads. */
  public <T> T read(Function<EntityManager, T> work) {
    try {
      return transactions.read(work);
    } catch (RuntimeException e) {
      throw SqlErrors.toStoreException(e);
    }
  }

  /**
   * Does work as one transaction, and again if another writer came first, unless the transaction is
   * the caller's and can only be rolled back.
   */
  public <T> T write(Precondition precondition, Function<WriteTransaction, T> work) {
    int tries = tries();
    for (int tried = 1; ; tried++) {
      try {
        return transactions.write(
            em -> new WriteTransaction(em, new ChangeLog(), precondition).run(work, clock));
      } catch (ConflictException | ConfigException | PreconditionFailedException e) {
        throw e;
      } catch (RuntimeException e) {
        boolean overtaken = SqlErrors.overtaken(e);
        if (tried == tries || !(overtaken || SqlErrors.blocked(e))) {
          throw overtaken ? overtaken() : SqlErrors.toStoreException(e);
        }
        pause(tried);
      }
    }
  }

  private static ConflictException overtaken() {
    return new ConflictException(
        ConflictException.Kind.OVERTAKEN, "another change came first; nothing was written");
  }

  /**
   * Lets the other writers of a deadlock go first. Without it the same ones meet again: on MariaDB
   * all that create neighbouring names lock the same gap.
   */
  private static void pause(int tried) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS << tried));
  }

  private int tries() {
    try {
      return transactions.joining() ? 1 : MAX_TRIES;
    } catch (RuntimeException e) {
      throw SqlErrors.toStoreException(e);
    }
  }
}
