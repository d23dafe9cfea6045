package dev.gatehouse.internal.jpa.sql;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Function;

/**
 * The transactions of work on the database. Implementations must be safe for use by several
 * threads.
 */
public interface Transactions {

  /** Returns the persistence unit; the store closes it. */
  EntityManagerFactory unit();

  /** Runs work that only reads. It never begins, ends or marks a transaction of the caller. */
  <T> T read(Function<EntityManager, T> work);

  /** Runs work that writes, atomically, and flushes it to the database. */
  <T> T write(Function<EntityManager, T> work);

  /** Returns whether a write would join a transaction of the caller. */
  boolean joining();
}
