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
 * The changes of a transaction, as rows for other nodes that the transaction writes.
 *
 * <p>The revision's row is updated last and is locked until the transaction ends, so that revisions
 * become visible in their order. Each revision has a random mark, by which a reader detects that a
 * restored database uses the same number again. Not safe for use by several threads.
 */
public final class ChangeLog {
  /** A transaction with more changes reports that everything has changed. */
  private static final int MAX = 200;

  /** Interval of deletions of old rows, in revisions. */
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

  /** Writes the rows if there are changes. */
  public void write(EntityManager em, long now) {
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

  /** Inserts the rows of a revision. */
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

    /** Omits null columns, because some databases refuse an untyped null. */
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

    /** The last revisions are not deleted at any age: readers look for the mark of theirs. */
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
