package dev.gatehouse.store;

import dev.gatehouse.spi.SharedSlots;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node and the engine tell each other twice a second: that the node is there, what time it
 * is, and how many nodes there are.
 *
 * <p>The time is that of the node's own monotonic clock, moved by what the engine's clock was ahead
 * when the two were last compared; half of the exchange's duration is the error, so a comparison
 * only counts when it differs by more than its own error. Safe for use by several threads; beats
 * come from one at a time.
 */
final class Heartbeat implements InstantSource {
  /** How often a node beats. */
  static final Duration PACE = Duration.ofMillis(500);

  /** How long a node counts that beats no more. */
  static final Duration GONE = Duration.ofSeconds(5);

  /** Before the others are known, chunks are as small as if there were many. */
  private static final int UNKNOWN = 16;

  private static final int ENTRY = 2 * Long.BYTES;
  private static final int MOST_NODES = 60;

  private final SharedSlots slots;
  private final String name;
  private final long self;
  private final InstantSource ticker;
  private final EngineHealth health;
  private volatile long ahead;
  private volatile int nodes = UNKNOWN;
  private volatile Set<Long> alive = Set.of();

  /**
   * A heart that has not beaten.
   *
   * @param name of the slot in which nodes tell that they are there
   * @param self a number that no other node has
   * @param ticker a clock of this node whose milliseconds never go back
   */
  Heartbeat(SharedSlots slots, String name, long self, InstantSource ticker, EngineHealth health) {
    this.slots = slots;
    this.name = name;
    this.self = self;
    this.ticker = ticker;
    this.health = health;
  }

  int nodes() {
    return nodes;
  }

  /** The number that no other node has. */
  long self() {
    return self;
  }

  /** Whether a node has beaten lately, as far as is known. */
  boolean isAlive(long node) {
    return node == self || alive.contains(node);
  }

  @Override
  public long millis() {
    return ticker.millis() + ahead;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /** Beats once; any failure is the engine's, since a heart that stops never finds it again. */
  void beat() {
    try {
      long asked = ticker.millis();
      long told = slots.millis();
      compare(asked, told, ticker.millis());
      tell();
      health.works();
    } catch (RuntimeException e) {
      health.failed(e);
    }
  }

  private void compare(long asked, long told, long answered) {
    long error = (answered - asked) / 2 + 1;
    long measured = told - (asked + error - 1);
    if (Math.abs(measured - ahead) > error) {
      ahead = measured;
    }
  }

  /** When another node writes at the same moment, this one tells at its next beat. */
  private void tell() {
    long now = millis();
    byte @Nullable [] before = slots.read(name);
    Map<Long, Long> seen = seen(before, now);
    seen.put(self, now);
    nodes = seen.size();
    alive = Set.copyOf(seen.keySet());
    ByteBuffer after = ByteBuffer.allocate(seen.size() * ENTRY);
    seen.forEach((node, when) -> after.putLong(node).putLong(when));
    SharedSlots.Replaced unused = slots.replace(name, before, after.array(), GONE.multipliedBy(2));
  }

  /** The nodes that are not gone; of too many the first. */
  private Map<Long, Long> seen(byte @Nullable [] slot, long now) {
    Map<Long, Long> seen = new LinkedHashMap<>();
    ByteBuffer bytes = ByteBuffer.wrap(slot == null ? new byte[0] : slot);
    while (bytes.remaining() >= ENTRY && seen.size() < MOST_NODES) {
      long node = bytes.getLong();
      long when = bytes.getLong();
      if (now - when < GONE.toMillis()) {
        seen.put(node, when);
      }
    }
    return seen;
  }
}
