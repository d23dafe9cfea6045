package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.limit.SharedSlots;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node and the engine tell each other twice a second: that the node is there, what time it
 * is, and how many nodes there are.
 *
 * <p>Safe for use by several threads; beats come from one at a time.
 */
final class Heartbeat {
  /** How often a node beats. */
  static final Duration PACE = Duration.ofMillis(500);

  /** How long a node counts that beats no more. */
  static final Duration GONE = Duration.ofSeconds(5);

  /** Before the others are known, chunks are as small as if there were many. */
  private static final int UNKNOWN = 16;

  private static final int ENTRY = 2 * Long.BYTES;
  private static final int MAX_NODES = SharedSlots.MAX_BYTES / ENTRY - 1;
  private static final int TRIES = 10;
  private static final int MAX_WAITED = 2;

  private final SharedSlots slots;
  private final String name;
  private final long self;
  private final InstantSource ticker;
  private final EngineHealth health;
  private final SharedClock clock;
  private final ClusterMembers members;
  private long told;
  private long toldMillis;
  private boolean joined;
  private volatile int waited;
  private int lives;
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
    this.clock = new SharedClock(ticker);
    this.members = new ClusterMembers(self, GONE);
  }

  int nodes() {
    return nodes;
  }

  /** The number that no other node has. */
  long self() {
    return self;
  }

  /** The time that all nodes share. */
  SharedClock clock() {
    return clock;
  }

  /** Whether a node has beaten lately, as far as is known. */
  boolean isAlive(long node) {
    return node == self || alive.contains(node);
  }

  /** The nodes that have beaten lately, as far as is known. */
  Set<Long> alive() {
    return alive;
  }

  /** Whether this node still finds out what time the other nodes have. */
  boolean isJoining() {
    return waited > 0;
  }

  /** Changes if the other nodes may have forgotten this one; for the thread that beats. */
  int lives() {
    return lives;
  }

  /** Beats once; any failure is the engine's, since a heart that stops never finds it again. */
  void beat() {
    try {
      long asked = ticker.millis();
      long engine = slots.millis();
      clock.follow(asked, engine, ticker.millis());
      byte @Nullable [] before = slots.read(name);
      Map<Long, Long> entries = look(before);
      if (joined || join(entries)) {
        tell(before, entries);
        health.works();
      }
    } catch (RuntimeException e) {
      health.failed(e);
    }
  }

  private Map<Long, Long> look(byte @Nullable [] slot) {
    Map<Long, Long> entries = entries(slot);
    boolean late = ticker.millis() - toldMillis > GONE.toMillis() / 2;
    if (told != 0 && (late || !entries.containsKey(self))) {
      lives++;
    }
    long now = ticker.millis();
    members.look(entries, now);
    alive = members.alive(now);
    nodes = alive.size();
    if (joined) {
      members.time().ifPresent(clock::agree);
    }
    return entries;
  }

  /**
   * Takes the time of nodes that were there before. If what they wrote differs from the engine's
   * time, another look tells whether they are still there.
   */
  private boolean join(Map<Long, Long> entries) {
    OptionalLong theirs = members.time();
    theirs.ifPresent(clock::join);
    long newest = entries.values().stream().mapToLong(Long::longValue).max().orElse(clock.millis());
    boolean same = Math.abs(newest - clock.millis()) <= SharedClock.MAX_DISAGREEMENT;
    joined = theirs.isPresent() || same || waited >= MAX_WAITED;
    waited = joined ? 0 : waited + 1;
    return joined;
  }

  /** When other nodes write at the same moment too often, this one tells at its next beat. */
  private void tell(byte @Nullable [] before, Map<Long, Long> entries) {
    byte @Nullable [] known = before;
    Map<Long, Long> present = entries;
    for (int tried = 0; tried < TRIES; tried++) {
      long now = Math.max(told + 1, clock.millis());
      present.put(self, now);
      SharedSlots.Replaced replaced =
          slots.replace(name, known, bytes(present), GONE.multipliedBy(2));
      if (replaced.done()) {
        told = now;
        toldMillis = ticker.millis();
        return;
      }
      known = replaced.present();
      present = entries(known);
    }
  }

  private static byte[] bytes(Map<Long, Long> entries) {
    ByteBuffer bytes = ByteBuffer.allocate(entries.size() * ENTRY);
    entries.forEach((node, when) -> bytes.putLong(node).putLong(when));
    return bytes.array();
  }

  /** What nodes wrote; of too many the first. */
  private static Map<Long, Long> entries(byte @Nullable [] slot) {
    Map<Long, Long> entries = new LinkedHashMap<>();
    ByteBuffer bytes = ByteBuffer.wrap(slot == null ? new byte[0] : slot);
    while (bytes.remaining() >= ENTRY && entries.size() < MAX_NODES) {
      long node = bytes.getLong();
      entries.put(node, bytes.getLong());
    }
    return entries;
  }
}
