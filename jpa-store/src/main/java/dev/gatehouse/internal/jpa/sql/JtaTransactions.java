package dev.gatehouse.internal.jpa.sql;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.SynchronizationType;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.function.Function;

/**
 * Transactions of the server. A write joins the transaction of the caller, or has its own.
 *
 * <p>A failed write marks the caller's transaction for rollback, because a part of the write may
 * have reached the database.
 */
public record JtaTransactions(EntityManagerFactory unit, Server server) implements Transactions {

  /**
   * The transaction services of a server. Inside a {@code Transactional} method only the registry
   * may be used: a {@code UserTransaction} refuses every call there.
   *
   * @param transaction begins and ends the store's transactions
   * @param registry returns the state of the caller's transaction
   */
  public record Server(UserTransaction transaction, TransactionSynchronizationRegistry registry) {
    /** Returns whether the caller has a transaction. */
    public boolean joining() {
      return registry.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
    }
  }

  /** Returns whether the persistence provider joins the server's transactions. */
  public boolean works() {
    return joining() || write(EntityManager::isJoinedToTransaction);
  }

  @Override
  public <T> T read(Function<EntityManager, T> work) {
    EntityManager em = unit.createEntityManager(SynchronizationType.UNSYNCHRONIZED);
    try {
      return work.apply(em);
    } finally {
      em.close();
    }
  }

  @Override
  public <T> T write(Function<EntityManager, T> work) {
    try {
      return joining() ? joined(work) : own(work);
    } catch (SystemException
        | NotSupportedException
        | RollbackException
        | HeuristicMixedException
        | HeuristicRollbackException e) {
      throw new PersistenceException("the transaction did not end as it should", e);
    }
  }

  @Override
  public boolean joining() {
    return server.joining();
  }

  private <T> T joined(Function<EntityManager, T> work) {
    boolean done = false;
    try {
      T answer = flushed(work);
      done = true;
      return answer;
    } finally {
      if (!done) {
        server.registry().setRollbackOnly();
      }
    }
  }

  private <T> T own(Function<EntityManager, T> work)
      throws SystemException,
          NotSupportedException,
          RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException {
    server.transaction().begin();
    boolean done = false;
    try {
      T answer = flushed(work);
      done = true;
      server.transaction().commit();
      return answer;
    } finally {
      if (!done) {
        server.transaction().rollback();
      }
    }
  }

  private <T> T flushed(Function<EntityManager, T> work) {
    EntityManager em = unit.createEntityManager();
    try {
      em.joinTransaction();
      T answer = work.apply(em);
      em.flush();
      return answer;
    } finally {
      em.close();
    }
  }
}
