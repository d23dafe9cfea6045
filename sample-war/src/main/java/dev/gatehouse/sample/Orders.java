package dev.gatehouse.sample;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The orders table; every question names the Consumer whose orders are meant. */
@ApplicationScoped
@Transactional
public class Orders {
  private static final int MAX = 100;

  @PersistenceContext
  @SuppressWarnings("NullAway.Init")
  private EntityManager entities;

  void add(PurchaseOrder order) {
    entities.persist(order);
  }

  List<PurchaseOrder> newestOf(String consumer) {
    return entities
        .createQuery(
            "select o from PurchaseOrder o where o.consumer = :consumer order by o.placedAt desc",
            PurchaseOrder.class)
        .setParameter("consumer", consumer)
        .setMaxResults(MAX)
        .getResultList();
  }

  Optional<PurchaseOrder> find(String consumer, String id) {
    return entities
        .createQuery(
            "select o from PurchaseOrder o where o.consumer = :consumer and o.id = :id",
            PurchaseOrder.class)
        .setParameter("consumer", consumer)
        .setParameter("id", id)
        .getResultStream()
        .findFirst();
  }

  long count() {
    return entities
        .createQuery("select count(o) from PurchaseOrder o", Long.class)
        .getSingleResult();
  }
}
