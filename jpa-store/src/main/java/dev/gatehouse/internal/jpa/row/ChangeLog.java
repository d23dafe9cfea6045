package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.spi.store.ChangeFeed.Place;
import dev.gatehouse.spi.store.ChangeFeed.Position;
import dev.gatehouse.spi.store.LookupKey;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * What one transaction changes, as rows for other nodes that the transaction writes itself.
 *
 * <p>The revision's row is changed last and stays locked until the transaction ends: that makes the
 * order of revisions the order in which they become visible. Every revision gets a random mark, by
 * which a reader notices that a restored database uses the same number again. Used by one thread.
 */
public final class ChangeLog {
  /** More of them are told as everything. */
  private static final int MAX = 200;

  /** Every so many revisions the old rows go. */
  private static final int SWEEP_EVERY = 100;

  private static final Duration KEPT = Duration.ofHours(1);

  private final Set<String> consumers = new LinkedHashSet<>();
  private final Set<Place> credentials = new LinkedHashSet<>();
  private final Set<String> groups = new LinkedHashSet<>();

  public void consumer(String username) {
    consumers.add(username);
  }

  public void group(String id) {
    groups.add(id);
  }

  void credential(String plugin, byte[] lookup) {
    credentials.add(new Place(plugin, LookupKey.of(lookup)));
  }

  /** Writes the rows, unless nothing was changed. */
  public void tell(EntityManager em, long now) {
    if (consumers.isEmpty() && credentials.isEmpty() && groups.isEmpty()) {
      return;
    }
    em.flush();
    String mark = UUID.randomUUID().toString();
    Rows rows = new Rows(em, new Position(next(em, mark), mark), now);
    if (consumers.size() + credentials.size() > MAX) {
      rows.add("", "").executeUpdate();
    } else {
      consumers.forEach(
          username -> rows.add(", username", ", ?5").setParameter(5, username).executeUpdate());
      groups.forEach(id -> rows.add(", group_id", ", ?5").setParameter(5, id).executeUpdate());
      credentials.forEach(
          place ->
              rows.add(", plugin, lookup", ", ?5, ?6")
                  .setParameter(5, place.plugin())
                  .setParameter(6, place.lookup().bytes())
                  .executeUpdate());
    }
    rows.sweep();
  }

  private static long next(EntityManager em, String mark) {
    int rows =
        em.createNativeQuery(
                "UPDATE gatehouse_revision SET revision = revision + 1, mark = ?1 WHERE id = 1")
            .setParameter(1, mark)
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
    private final Position position;
    private final long now;
    private int place;

    Rows(EntityManager em, Position position, long now) {
      this.em = em;
      this.position = position;
      this.now = now;
    }

    /** Columns that are null are left out, because a null of no type is not taken everywhere. */
    Query add(String columns, String values) {
      return em.createNativeQuery(
              "INSERT INTO gatehouse_changes (revision, place, changed_at, mark%s)"
                      .formatted(columns)
                  + " VALUES (?1, ?2, ?3, ?4%s)".formatted(values))
          .setParameter(1, position.revision())
          .setParameter(2, place++)
          .setParameter(3, now)
          .setParameter(4, position.mark());
    }

    /** The last revisions stay however old they are: readers look for the mark of theirs. */
    void sweep() {
      if (position.revision() % SWEEP_EVERY == 0) {
        em.createNativeQuery(
                "DELETE FROM gatehouse_changes WHERE changed_at < ?1 AND revision < ?2")
            .setParameter(1, now - KEPT.toMillis() * 1_000)
            .setParameter(2, position.revision() - SWEEP_EVERY)
            .executeUpdate();
      }
    }
  }
}
