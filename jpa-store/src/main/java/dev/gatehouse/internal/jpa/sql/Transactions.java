package dev.gatehouse.internal.jpa.sql;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Function;

/** How work on the database is bounded; implementations are safe for use by several threads. */
public interface Transactions {

  /** The persistence unit; the store closes it at its end. */
  EntityManagerFactory unit();

  /** Runs work that only reads; never begins, ends or marks a transaction of the caller. */
  <T> T read(Function<EntityManager, T> work);

  /** Runs work that writes, completely or not at all, and sends it to the database. */
  <T> T write(Function<EntityManager, T> work);

  /** Whether a write would become part of a transaction that the caller has begun. */
  boolean joining();
}
