package dev.gatehouse.internal.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of Routes by path, with lookups by the beginning of a longer text.
 *
 * <p>The paths are from the configuration, so clients cannot cause collisions. Immutable and safe
 * for use by several threads.
 */
final class PathTable {
  private static final int SPREAD = 0x9E3779B9;

  private final @Nullable Entry[] entries;
  private final int shift;

  /** The Routes of a path. */
  private record Entry(String path, int hash, List<BoundRoute> routes) {}

  PathTable(Map<String, List<BoundRoute>> routes) {
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(2 * routes.size()));
    this.shift = Integer.SIZE - bits;
    this.entries = new Entry[1 << bits];
    routes.forEach((path, each) -> put(new Entry(path, hash(path), List.copyOf(each))));
  }

  /** Returns the hash of a text that is one character longer. */
  static int hash(int before, char next) {
    return 31 * before + next;
  }

  private static int hash(String path) {
    int hash = 0;
    for (int i = 0; i < path.length(); i++) {
      hash = hash(hash, path.charAt(i));
    }
    return hash;
  }

  private void put(Entry entry) {
    int at = first(entry.hash());
    while (entries[at] != null) {
      at = next(at);
    }
    entries[at] = entry;
  }

  /** Returns the Routes of the first characters of a text with this hash, or null. */
  @Nullable List<BoundRoute> get(String text, int length, int hash) {
    int at = first(hash);
    for (Entry entry = entries[at]; entry != null; entry = entries[at]) {
      if (entry.hash() == hash
          && entry.path().length() == length
          && text.startsWith(entry.path())) {
        return entry.routes();
      }
      at = next(at);
    }
    return null;
  }

  private int first(int hash) {
    return (hash * SPREAD) >>> shift;
  }

  private int next(int at) {
    return (at + 1) & (entries.length - 1);
  }
}
