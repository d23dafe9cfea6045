package dev.gatehouse.jpa;

import dev.gatehouse.spi.ChangeFeed.Place;
import dev.gatehouse.spi.LookupKey;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one transaction changes, told to other nodes by rows that it writes itself.
 *
 * <p>The revision's row is changed last and stays locked until the transaction ends: that makes the
 * order of revisions the order in which they become visible. Used by one thread. Source: limits
 * section 10.
 */
final class Changed {
  /** More of them are told as everything. */
  private static final int MOST = 200;

  /** Every so many revisions the old rows go. */
  private static final int SWEEP_EVERY = 100;

  private static final Duration KEPT = Duration.ofHours(1);

  private final Set<String> consumers = new LinkedHashSet<>();
  private final Set<Place> credentials = new LinkedHashSet<>();
  private final Set<String> groups = new LinkedHashSet<>();

  void consumer(String username) {
    consumers.add(username);
  }

  void group(String id) {
    groups.add(id);
  }

  void credential(String plugin, byte[] lookup) {
    credentials.add(new Place(plugin, LookupKey.of(lookup)));
  }

  /** Writes the rows, unless nothing was changed. */
  void tell(EntityManager em, long now) {
    if (consumers.isEmpty() && credentials.isEmpty() && groups.isEmpty()) {
      return;
    }
    em.flush();
    Rows rows = new Rows(em, next(em), now);
    if (consumers.size() + credentials.size() > MOST) {
      rows.add("", "").executeUpdate();
    } else {
      consumers.forEach(
          username -> rows.add(", username", ", ?4").setParameter(4, username).executeUpdate());
      groups.forEach(id -> rows.add(", group_id", ", ?4").setParameter(4, id).executeUpdate());
      credentials.forEach(
          place ->
              rows.add(", plugin, lookup", ", ?4, ?5")
                  .setParameter(4, place.plugin())
                  .setParameter(5, place.lookup().bytes())
                  .executeUpdate());
    }
    rows.sweep();
  }

  private static long next(EntityManager em) {
    int rows =
        em.createNativeQuery("UPDATE gatehouse_revision SET revision = revision + 1 WHERE id = 1")
            .executeUpdate();
    if (rows != 1) {
      throw new IllegalStateException("gatehouse_revision has no row of id 1");
    }
    Object found =
        em.createNativeQuery("SELECT revision FROM gatehouse_revision WHERE id = 1")
            .getSingleResult();
    return ((Number) found).longValue();
  }

  /** The rows of one revision, one after the other. */
  private static final class Rows {
    private final EntityManager em;
    private final long revision;
    private final long now;
    private int place;

    Rows(EntityManager em, long revision, long now) {
      this.em = em;
      this.revision = revision;
      this.now = now;
    }

    /** Columns that are null are left out, because a null of no type is not taken everywhere. */
    Query add(String columns, String values) {
      return em.createNativeQuery(
              "INSERT INTO gatehouse_changes (revision, place, changed_at%s) VALUES (?1, ?2, ?3%s)"
                  .formatted(columns, values))
          .setParameter(1, revision)
          .setParameter(2, place++)
          .setParameter(3, now);
    }

    void sweep() {
      if (revision % SWEEP_EVERY == 0) {
        em.createNativeQuery("DELETE FROM gatehouse_changes WHERE changed_at < ?1")
            .setParameter(1, now - KEPT.toMillis() * 1_000)
            .executeUpdate();
      }
    }
  }
}
