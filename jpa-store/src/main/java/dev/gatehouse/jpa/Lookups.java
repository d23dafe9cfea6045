package dev.gatehouse.jpa;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.LookupKey;
import dev.gatehouse.spi.StoredCredential;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The questions that a request asks, each one statement, so that an answer is never made of two
 * moments.
 *
 * <p>No query has a hint: EclipseLink would prepare it anew on every call, which costs twenty times
 * the query itself. How long a call waits for a database that hangs is set where connections come
 * from; a query timeout would stay behind on H2's pooled connections.
 */
final class Lookups {
  private Lookups() {}

  static Optional<StoredCredential> credential(EntityManager em, String plugin, LookupKey lookup) {
    List<Object[]> found =
        em.createQuery(
                "select c, key(l), value(l) from GatehouseCredential c join fetch c.consumer"
                    + " left join c.consumer.labels l"
                    + " where c.plugin = :plugin and c.lookup = :lookup",
                Object[].class)
            .setParameter("plugin", plugin)
            .setParameter("lookup", lookup.bytes())
            .getResultList();
    return found.stream().findFirst().map(row -> ((CredentialRow) row[0]).toStored(labels(found)));
  }

  static Optional<Consumer> consumer(EntityManager em, String username) {
    List<Object[]> found =
        em.createQuery(
                "select o, key(l), value(l) from GatehouseConsumer o left join o.labels l"
                    + " where o.username = :username",
                Object[].class)
            .setParameter("username", username)
            .getResultList();
    return found.stream().findFirst().map(row -> ((ConsumerRow) row[0]).toConsumer(labels(found)));
  }

  /** One row per label, or one row without a label. */
  private static Map<String, String> labels(List<Object[]> rows) {
    Map<String, String> labels = new TreeMap<>();
    for (Object[] row : rows) {
      if (row[1] != null) {
        labels.put((String) row[1], (String) row[2]);
      }
    }
    return labels;
  }

  static boolean isEmpty(EntityManager em) {
    return em.createQuery("select o.username from GatehouseConsumer o", String.class)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }
}
