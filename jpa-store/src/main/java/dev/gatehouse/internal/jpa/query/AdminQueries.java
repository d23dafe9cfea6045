package dev.gatehouse.internal.jpa.query;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.jpa.row.ConsumerRow;
import dev.gatehouse.internal.jpa.row.CredentialRow;
import dev.gatehouse.internal.jpa.row.ParseCache;
import dev.gatehouse.internal.jpa.row.SecretFields;
import dev.gatehouse.internal.jpa.write.ConsumerRows;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerRepository.ListedConsumer;
import dev.gatehouse.spi.store.ConsumerRepository.ListedCredential;
import dev.gatehouse.spi.store.ConsumerRepository.Listing;
import dev.gatehouse.spi.store.ConsumerRepository.Search;
import dev.gatehouse.spi.store.CredentialEntry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The queries of the Admin API. All input reaches the database as parameters.
 *
 * @param parsed the cache of parsed columns
 */
public record AdminQueries(ParseCache parsed) {
  private static final String ESCAPE = "!";

  /** A part of a list. */
  public record Page(Search search, long skip, int limit) {}

  public Optional<ListedConsumer> consumer(EntityManager em, String username) {
    List<ConsumerRow> found =
        em.createQuery(
                "select o from GatehouseConsumer o where o.username = :username", ConsumerRow.class)
            .setParameter("username", username)
            .getResultList();
    return listed(em, found).stream().findFirst();
  }

  /** Returns a Consumer without those secrets that cannot be decrypted. */
  public static ListedConsumer readable(ListedConsumer sealed, SecretFields vault) {
    try {
      return new ListedConsumer(vault.opened(sealed.consumer()), sealed.stamp(), sealed.readable());
    } catch (IllegalStateException | IllegalArgumentException e) {
      Consumer open = SecretFields.withoutSealed(sealed.consumer());
      return new ListedConsumer(open, sealed.stamp(), false);
    }
  }

  public List<ListedCredential> credentials(EntityManager em, String username, SecretFields vault) {
    List<ListedCredential> found = new ArrayList<>();
    for (CredentialRow row : ConsumerRows.ofConsumer(em, username)) {
      found.add(listed(username, row, vault));
    }
    return found;
  }

  /** An unreadable Credential is listed without its settings, so that it can be replaced. */
  private ListedCredential listed(String username, CredentialRow row, SecretFields vault) {
    try {
      CredentialEntry entry = row.toEntry(parsed);
      try {
        return new ListedCredential(vault.opened(username, entry), row.stamp(), row.lastUsed());
      } catch (IllegalStateException | IllegalArgumentException e) {
        return unreadable(row, entry.credential());
      }
    } catch (IllegalStateException | IllegalArgumentException e) {
      return unreadable(row, row.bare());
    }
  }

  private static ListedCredential unreadable(CredentialRow row, Credential credential) {
    CredentialEntry entry = new CredentialEntry(credential, row.place(), PluginSettings.EMPTY);
    return new ListedCredential(entry, row.stamp(), row.lastUsed(), false);
  }

  public static boolean isEmpty(EntityManager em) {
    return em.createQuery("select o.username from GatehouseConsumer o", String.class)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /**
   * After a username the total is not counted, so that the cost is the same anywhere in a long
   * list.
   */
  public Listing list(EntityManager em, Page page) {
    Search search = page.search();
    String conditions = conditions(search);
    long total =
        search.after().isPresent()
            ? Listing.NOT_COUNTED
            : bindParameters(search, em.createQuery("select count(o) " + conditions, Long.class))
                .getSingleResult();
    TypedQuery<ConsumerRow> found =
        bindParameters(
                search,
                em.createQuery(
                    "select o " + conditions + " order by o.username", ConsumerRow.class))
            .setFirstResult((int) Math.min(Integer.MAX_VALUE, page.skip()))
            .setMaxResults(page.limit());
    return new Listing(listed(em, found.getResultList()), total);
  }

  /** Returns one join for each label, because a Consumer must have all of them. */
  private static String conditions(Search search) {
    StringBuilder from = new StringBuilder("from GatehouseConsumer o");
    List<String> conditions = new ArrayList<>();
    if (!search.prefix().isEmpty()) {
      conditions.add("o.username like :prefix escape '" + ESCAPE + "'");
    }
    if (search.after().isPresent()) {
      conditions.add("o.username > :after");
    }
    int label = 0;
    for (Optional<String> value : search.labels().values()) {
      from.append(" join o.labels l").append(label);
      conditions.add("key(l" + label + ") = :name" + label);
      if (value.isPresent()) {
        conditions.add("value(l" + label + ") = :value" + label);
      }
      label++;
    }
    return conditions.isEmpty()
        ? from.toString()
        : from.append(" where ").append(String.join(" and ", conditions)).toString();
  }

  private static <T> TypedQuery<T> bindParameters(Search search, TypedQuery<T> query) {
    if (!search.prefix().isEmpty()) {
      query.setParameter("prefix", escaped(search.prefix()) + "%");
    }
    search.after().ifPresent(username -> query.setParameter("after", username));
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

  /** Reads the labels of all Consumers with one query. */
  private List<ListedConsumer> listed(EntityManager em, List<ConsumerRow> rows) {
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
                    .put(parsed.word((String) row[1]), parsed.word((String) row[2])));
    return rows.stream()
        .map(row -> listed(row, labels.getOrDefault(row.username(), Map.of())))
        .toList();
  }

  private ListedConsumer listed(ConsumerRow row, Map<String, String> labels) {
    try {
      return new ListedConsumer(row.toConsumer(parsed, labels), row.stamp());
    } catch (IllegalStateException | IllegalArgumentException e) {
      Consumer bare = Consumer.named(row.username()).labels(labels).build();
      return new ListedConsumer(bare, row.stamp(), false);
    }
  }
}
