package dev.gatehouse.internal.jpa.sql;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.util.function.Function;

/** Transactions of database connections. Each write has its own. */
public record LocalTransactions(EntityManagerFactory unit) implements Transactions {

  @Override
  public <T> T read(Function<EntityManager, T> work) {
    EntityManager em = unit.createEntityManager();
    try {
      return work.apply(em);
    } finally {
      em.close();
    }
  }

  @Override
  public <T> T write(Function<EntityManager, T> work) {
    EntityManager em = unit.createEntityManager();
    try {
      EntityTransaction transaction = em.getTransaction();
      transaction.begin();
      try {
        T answer = work.apply(em);
        transaction.commit();
        return answer;
      } finally {
        if (transaction.isActive()) {
          transaction.rollback();
        }
      }
    } finally {
      em.close();
    }
  }

  @Override
  public boolean joining() {
    return false;
  }
}
