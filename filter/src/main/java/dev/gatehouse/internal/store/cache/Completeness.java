package dev.gatehouse.internal.store.cache;

import dev.gatehouse.spi.store.ChangeFeed.Place;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tracks whether the cache contains every Credential of the store, except for changed ones that
 * were not read since. If so, other keys are unknown without a query.
 *
 * <p>In case of doubt the store must be queried. Safe for use by several threads.
 */
final class Completeness {
  private final Set<Place> unread = ConcurrentHashMap.newKeySet();
  private volatile boolean allRead;
  private volatile boolean spoilt;

  /** A counter of changes, which is odd during a change. */
  private volatile long changes;

  /** Called before all Credentials are read. */
  void begin() {
    allRead = false;
    spoilt = false;
    unread.clear();
  }

  /** Called after all Credentials were read. Has no effect if one was lost meanwhile. */
  void complete() {
    allRead = true;
  }

  /** Called if an entry with an unknown place was evicted or removed. Takes no lock. */
  void invalidate() {
    spoilt = true;
  }

  /**
   * Called if places have changed.
   *
   * @param forget removes them from the cache; meanwhile no read counts
   */
  synchronized void changed(Collection<Place> places, Runnable forget) {
    changes++;
    try {
      unread.addAll(places);
      forget.run();
    } finally {
      changes++;
    }
  }

  /** Returns whether a place that is not cached is unknown. */
  boolean excludes(Place place) {
    return allRead && !spoilt && !unread.contains(place);
  }

  /** Returns a mark of the present state, for {@link #wasRead} and {@link #isSince}. */
  long mark() {
    return changes;
  }

  /** Returns whether no place has changed since a mark. */
  boolean isSince(long mark) {
    return mark % 2 == 0 && mark == changes;
  }

  /**
   * Called after a place was read and cached. Has no effect if it has changed since the mark.
   *
   * @param mark the mark before the read
   */
  synchronized void wasRead(Place place, long mark) {
    if (isSince(mark)) {
      unread.remove(place);
    }
  }
}
