package dev.gatehouse.internal.store.cache;

import dev.gatehouse.spi.store.ChangeFeed.Place;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows whether every Credential of the store is in memory, apart from those that changed and were
 * not read since; whatever else is asked for then is not there, and the store need not be asked.
 *
 * <p>It errs on one side only: when in doubt it says that the store must be asked. Safe for use by
 * several threads. Source: limits section 8.
 */
final class Completeness {
  private final Set<Place> unread = ConcurrentHashMap.newKeySet();
  private volatile boolean allRead;
  private volatile boolean spoilt;

  /** Odd while places change, and another one after each change. */
  private volatile long changes;

  /** All are about to be read. */
  void begin() {
    allRead = false;
    spoilt = false;
    unread.clear();
  }

  /** All have been read; without effect if one of them was lost meanwhile. */
  void complete() {
    allRead = true;
  }

  /** Something was displaced or forgotten whose place is not known. Takes no lock. */
  void lose() {
    spoilt = true;
  }

  /**
   * Places changed.
   *
   * @param forget makes memory forget them, while nobody can say that they were read
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

  /** Whether nothing can be at a place that memory does not hold. */
  boolean excludes(Place place) {
    return allRead && !spoilt && !unread.contains(place);
  }

  /** The present state, for {@link #wasRead} and {@link #isSince}. */
  long mark() {
    return changes;
  }

  /** Whether no place has changed since a mark was taken. */
  boolean isSince(long mark) {
    return mark % 2 == 0 && mark == changes;
  }

  /**
   * A place was read, and is in memory if something is there, unless there was a change since.
   *
   * @param mark taken before the place was read
   */
  synchronized void wasRead(Place place, long mark) {
    if (isSince(mark)) {
      unread.remove(place);
    }
  }
}
