package dev.gatehouse.internal.auth.hmac;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The signatures that were accepted, each remembered exactly as long as it could be accepted again.
 *
 * <p>Nothing is forgotten early: when it is full, nothing more is taken. Safe for use by several
 * threads.
 */
final class ReplayCache {
  /** What became of a signature. */
  enum Outcome {
    /** It was not there, and is now. */
    TAKEN,
    /** It was there. */
    SEEN,
    /** There is no room for it. */
    FULL
  }

  private final Set<ByteBuffer> seen = new HashSet<>();
  private final TreeMap<Long, List<ByteBuffer>> byLastSecond = new TreeMap<>();

  /** Whether a signature was accepted before. */
  synchronized boolean has(byte[] signature) {
    return seen.contains(ByteBuffer.wrap(signature));
  }

  /**
   * Accepts a signature if it was not accepted before.
   *
   * @param last the last second at which it could be accepted
   * @param now the present second
   * @param capacity how many may be remembered
   */
  synchronized Outcome take(byte[] signature, long last, long now, int capacity) {
    Map<Long, List<ByteBuffer>> over = byLastSecond.headMap(now);
    over.values().forEach(seen::removeAll);
    over.clear();
    ByteBuffer key = ByteBuffer.wrap(signature.clone());
    if (seen.contains(key)) {
      return Outcome.SEEN;
    }
    if (seen.size() >= capacity) {
      return Outcome.FULL;
    }
    seen.add(key);
    byLastSecond.computeIfAbsent(last, second -> new ArrayList<>()).add(key);
    return Outcome.TAKEN;
  }
}
