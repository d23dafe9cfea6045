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
 * Transactions of the server: a write joins the one that the caller has begun, or has its own.
 *
 * <p>A write that fails inside the caller's transaction marks that for rollback, because part of it
 * may have reached the database already.
 */
public record JtaTransactions(EntityManagerFactory unit, Server server) implements Transactions {

  /**
   * What a server offers. Only the registry may be asked inside a method that is {@code
   * Transactional}: there a {@code UserTransaction} refuses every call.
   *
   * @param transaction begins and ends the store's own transactions
   * @param registry tells about the caller's
   */
  public record Server(UserTransaction transaction, TransactionSynchronizationRegistry registry) {
    /** Whether the caller has begun a transaction. */
    public boolean joining() {
      return registry.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
    }
  }

  /** Whether the persistence provider takes part in the server's transactions. */
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
