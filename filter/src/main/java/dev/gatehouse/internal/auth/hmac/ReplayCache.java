package dev.gatehouse.internal.auth.hmac;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A cache of accepted signatures. An entry lives exactly as long as its signature is valid.
 *
 * <p>No entry is evicted early: if the cache is full, further signatures are refused. Safe for use
 * by several threads.
 */
final class ReplayCache {
  /** The result of adding a signature. */
  enum Outcome {
    /** The signature is new and was added. */
    TAKEN,
    /** The signature was used before. */
    SEEN,
    /** The cache is full. */
    FULL
  }

  private final Set<ByteBuffer> seen = new HashSet<>();
  private final TreeMap<Long, List<ByteBuffer>> byLastSecond = new TreeMap<>();

  /** Returns whether a signature was accepted before. */
  synchronized boolean has(byte[] signature) {
    return seen.contains(ByteBuffer.wrap(signature));
  }

  /**
   * Adds a signature that was not accepted before.
   *
   * @param last the last second in which the signature is valid
   * @param now the present time, in seconds since 1970
   * @param capacity the maximum number of entries
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
