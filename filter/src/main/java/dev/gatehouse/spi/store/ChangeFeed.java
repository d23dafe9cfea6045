package dev.gatehouse.spi.store;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The changes of a store that several nodes write, with numbers that increase with every change.
 *
 * <p>Revisions become visible in their order, so a caller that has processed one has missed none
 * before it. Implementations are safe for use by several threads, and may be called on any thread.
 */
public interface ChangeFeed {
  /** The position of a caller that has processed nothing yet. */
  Position NOTHING = new Position(-1, "");

  /**
   * Returns what has changed after a position.
   *
   * <p>Returns everything if the position is not part of the store's present history.
   *
   * @param position what was processed last, or {@link #NOTHING}
   * @throws StoreException if the store cannot answer
   */
  Changes since(Position position);

  /**
   * Returns hints about new changes, or empty if the store has none. The default is empty.
   *
   * @throws StoreException if the store does not answer
   */
  default Optional<ChangeHints> hints() {
    return Optional.empty();
  }

  /** The Consumers that a node caches when it starts. */
  enum Preloading {
    /** All, if there is room for them. */
    AUTO,
    /** As many as there is room for. */
    ALL,
    /** None: each is read when it first calls. */
    NONE
  }

  /**
   * How a node follows a change feed, and what it caches.
   *
   * @param maxEntries the highest number of cached Credentials, of unknown keys beside them, and of
   *     Consumers; at least 1
   * @param interval between two looks at the feed, which bounds how late a change of another node
   *     is seen; positive. Without a feed, the highest age of an entry
   * @param timeout how long a caller waits for one answer of the store; positive
   * @param maxStaleness how long known callers are served while the store is away; positive
   * @param preload what is cached from the start
   * @param useInterval between two times at which the last use of Credentials is written; positive
   * @param hints whether the feed is asked for {@link ChangeFeed#hints() hints}
   */
  record Tracking(
      long maxEntries,
      Duration interval,
      Duration timeout,
      Duration maxStaleness,
      Preloading preload,
      Duration useInterval,
      boolean hints) {
    /** The defaults of the {@code gatehouse.store} properties. */
    public static final Tracking DEFAULT =
        new Tracking(
            100_000,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Preloading.AUTO);

    /** Creates one that writes the last use of Credentials every minute and uses no hints. */
    public Tracking(
        long maxEntries,
        Duration interval,
        Duration timeout,
        Duration maxStaleness,
        Preloading preload) {
      this(maxEntries, interval, timeout, maxStaleness, preload, Duration.ofMinutes(1), false);
    }

    /**
     * Checks all parts.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Tracking {
      if (maxEntries < 1
          || Stream.of(interval, timeout, maxStaleness, useInterval)
              .anyMatch(d -> d.toMillis() < 1)) {
        throw new IllegalArgumentException(
            "maxEntries, interval, timeout, maxStaleness and useInterval must be positive");
      }
    }
  }

  /**
   * A point in the history of a store.
   *
   * @param revision grows with every change; -1 before the first look
   * @param mark differs between two histories that use the same number: a database restored from a
   *     backup counts on from the backup's revision. Empty if the store never goes back
   */
  record Position(long revision, String mark) {}

  /**
   * The changes since a position.
   *
   * @param position the position after these changes
   * @param everything whether all entries must be dropped, because the changes are unknown
   * @param consumers usernames
   * @param credentials places of created, changed or removed Credentials
   * @param groups ids of groups of Consumers
   */
  record Changes(
      Position position,
      boolean everything,
      Set<String> consumers,
      Set<Place> credentials,
      Set<String> groups) {
    /** Copies the sets. */
    public Changes {
      consumers = Set.copyOf(consumers);
      credentials = Set.copyOf(credentials);
      groups = Set.copyOf(groups);
    }

    /** No group has changed. */
    public Changes(
        Position position, boolean everything, Set<String> consumers, Set<Place> credentials) {
      this(position, everything, consumers, credentials, Set.of());
    }

    /** Returns whether there are no changes. */
    public boolean isNone() {
      return !everything && consumers.isEmpty() && credentials.isEmpty() && groups.isEmpty();
    }

    /** Returns no changes. */
    public static Changes none(Position position) {
      return new Changes(position, false, Set.of(), Set.of());
    }

    /** Returns unknown changes. */
    public static Changes everything(Position position) {
      return new Changes(position, true, Set.of(), Set.of());
    }
  }

  /**
   * The place of a Credential.
   *
   * @param plugin its plugin's name
   * @param lookup unique within the plugin only
   */
  record Place(String plugin, LookupKey lookup) {}
}
