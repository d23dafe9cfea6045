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
 * The heartbeat of a node: twice a second it writes its presence and reads the time and the other
 * nodes.
 *
 * <p>Safe for use by several threads; beats must not overlap.
 */
final class Heartbeat {
  /** The interval of beats. */
  static final Duration PACE = Duration.ofMillis(500);

  /** The time after which a silent node is gone. */
  static final Duration GONE = Duration.ofSeconds(5);

  /** The assumed number of nodes before the others are known. */
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
   * Creates a heartbeat.
   *
   * @param name the name of the slot with the nodes
   * @param self the unique number of this node
   * @param ticker a monotonic clock of this node
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

  /** Returns the unique number of this node. */
  long self() {
    return self;
  }

  /** Returns the clock that the nodes share. */
  SharedClock clock() {
    return clock;
  }

  /** Returns whether a node is known to be alive. */
  boolean isAlive(long node) {
    return node == self || alive.contains(node);
  }

  /** Returns the nodes that are known to be alive. */
  Set<Long> alive() {
    return alive;
  }

  /** Returns whether this node still determines the time of the other nodes. */
  boolean isJoining() {
    return waited > 0;
  }

  /**
   * Returns a number that changes if the other nodes may have removed this one. For the thread that
   * beats.
   */
  int lives() {
    return lives;
  }

  /** Beats once. Any failure counts as one of the engine, so that the heartbeat continues. */
  void beat() {
    try {
      long asked = ticker.millis();
      long engine = slots.millis();
      clock.follow(asked, engine, ticker.millis());
      byte @Nullable [] before = slots.read(name);
      Map<Long, Long> entries = look(before);
      if (joined || join(entries)) {
        write(before, entries);
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
   * Takes over the time of the existing nodes. If it differs from the engine's time, another look
   * shows whether they are alive.
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

  /** If other nodes write at the same time too often, this node writes at its next beat. */
  private void write(byte @Nullable [] before, Map<Long, Long> entries) {
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

  /** Returns the entries of the nodes; the first ones if there are too many. */
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
