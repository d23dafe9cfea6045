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
 * moments, and about columns, since making entities of them costs as much as the query.
 *
 * <p>No query has a hint: EclipseLink would prepare it anew on every call, which costs twenty times
 * the query itself. How long a call waits for a database that hangs is set where connections come
 * from; a query timeout would stay behind on H2's pooled connections.
 */
record Lookups(Parsed parsed) {
  private static final int OWNER = 9;
  private static final int LABEL = 13;

  Optional<StoredCredential> credential(EntityManager em, String plugin, LookupKey lookup) {
    List<Object[]> found =
        em.createQuery(
                "select c.credentialId, c.plugin, c.name, c.description, c.labels, c.notBefore,"
                    + " c.expiresAt, c.disabled, c.settings,"
                    + " o.username, o.description, o.groupId, o.plugins, key(l), value(l)"
                    + " from GatehouseCredential c join c.consumer o left join o.labels l"
                    + " where c.plugin = :plugin and c.lookup = :lookup",
                Object[].class)
            .setParameter("plugin", plugin)
            .setParameter("lookup", lookup.bytes())
            .getResultList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Object[] row = found.get(0);
    return Optional.of(
        new StoredCredential(
            CredentialRow.described(parsed, row),
            ConsumerRow.described(parsed, row, OWNER, labels(found, LABEL)),
            parsed.settings((String) row[OWNER - 1])));
  }

  Optional<Consumer> consumer(EntityManager em, String username) {
    List<Object[]> found =
        em.createQuery(
                "select o.username, o.description, o.groupId, o.plugins, key(l), value(l)"
                    + " from GatehouseConsumer o left join o.labels l"
                    + " where o.username = :username",
                Object[].class)
            .setParameter("username", username)
            .getResultList();
    return found.stream()
        .findFirst()
        .map(row -> ConsumerRow.described(parsed, row, 0, labels(found, LABEL - OWNER)));
  }

  /** One row per label, or one row without a label. */
  private Map<String, String> labels(List<Object[]> rows, int at) {
    Map<String, String> labels = new TreeMap<>();
    for (Object[] row : rows) {
      if (row[at] != null) {
        labels.put(parsed.word((String) row[at]), parsed.word((String) row[at + 1]));
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
