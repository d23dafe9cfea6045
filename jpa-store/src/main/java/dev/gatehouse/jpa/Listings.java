package dev.gatehouse.jpa;

import dev.gatehouse.spi.ConsumerDirectory.ListedConsumer;
import dev.gatehouse.spi.ConsumerDirectory.ListedCredential;
import dev.gatehouse.spi.ConsumerDirectory.Listing;
import dev.gatehouse.spi.ConsumerDirectory.Search;
import dev.gatehouse.spi.CredentialEntry;
import dev.gatehouse.spi.StoredCredential;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The questions that people ask who manage Consumers. Whatever they write reaches the database as a
 * parameter (security A15).
 *
 * @param search which Consumers are asked for
 */
record Listings(Search search) {
  private static final String ESCAPE = "!";

  static Optional<ListedConsumer> consumer(EntityManager em, String username) {
    List<ConsumerRow> found =
        em.createQuery(
                "select o from GatehouseConsumer o where o.username = :username", ConsumerRow.class)
            .setParameter("username", username)
            .getResultList();
    return listed(em, found).stream().findFirst();
  }

  static List<ListedCredential> credentials(EntityManager em, String username, Vault vault) {
    List<ListedCredential> found = new ArrayList<>();
    for (CredentialRow row : ConsumerRows.ofConsumer(em, username)) {
      StoredCredential stored = vault.opened(row.toStored(Map.of()));
      found.add(
          new ListedCredential(
              new CredentialEntry(stored.credential(), row.lookup(), stored.settings()),
              row.stamp()));
    }
    return found;
  }

  Listing list(EntityManager em, long skip, int limit) {
    String conditions = conditions();
    long total =
        asking(em.createQuery("select count(o) " + conditions, Long.class)).getSingleResult();
    String further =
        search.after().isPresent() ? conditions + " and o.username > :after" : conditions;
    TypedQuery<ConsumerRow> page =
        asking(em.createQuery("select o " + further + " order by o.username", ConsumerRow.class))
            .setFirstResult((int) Math.min(Integer.MAX_VALUE, skip))
            .setMaxResults(limit);
    search.after().ifPresent(after -> page.setParameter("after", after));
    return new Listing(listed(em, page.getResultList()), total);
  }

  /** One join for each label, since all of them must be there. */
  private String conditions() {
    StringBuilder from = new StringBuilder("from GatehouseConsumer o");
    StringBuilder where =
        new StringBuilder(" where o.username like :prefix escape '" + ESCAPE + "'");
    int label = 0;
    for (Optional<String> value : search.labels().values()) {
      String l = "l" + label;
      from.append(" join o.labels ").append(l);
      where.append(" and key(").append(l).append(") = :name").append(label);
      if (value.isPresent()) {
        where.append(" and value(").append(l).append(") = :value").append(label);
      }
      label++;
    }
    return from.append(where).toString();
  }

  private <T> TypedQuery<T> asking(TypedQuery<T> query) {
    query.setParameter("prefix", escaped(search.prefix()) + "%");
    int label = 0;
    for (Map.Entry<String, Optional<String>> one : search.labels().entrySet()) {
      query.setParameter("name" + label, one.getKey());
      if (one.getValue().isPresent()) {
        query.setParameter("value" + label, one.getValue().get());
      }
      label++;
    }
    return query;
  }

  private static String escaped(String prefix) {
    return prefix
        .replace(ESCAPE, ESCAPE + ESCAPE)
        .replace("_", ESCAPE + "_")
        .replace("%", ESCAPE + "%");
  }

  /** Labels are read for all of them at once. */
  private static List<ListedConsumer> listed(EntityManager em, List<ConsumerRow> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, Map<String, String>> labels = new HashMap<>();
    em.createQuery(
            "select o.username, key(l), value(l) from GatehouseConsumer o join o.labels l"
                + " where o.username in :names",
            Object[].class)
        .setParameter("names", rows.stream().map(ConsumerRow::username).toList())
        .getResultList()
        .forEach(
            row ->
                labels
                    .computeIfAbsent((String) row[0], name -> new TreeMap<>())
                    .put((String) row[1], (String) row[2]));
    return rows.stream()
        .map(
            row ->
                new ListedConsumer(
                    row.toConsumer(labels.getOrDefault(row.username(), Map.of())), row.stamp()))
        .toList();
  }
}
