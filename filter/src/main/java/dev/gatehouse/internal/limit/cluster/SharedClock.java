package dev.gatehouse.internal.limit.cluster;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time that all nodes share: a node's own monotonic clock, moved by what the engine's clock was
 * ahead of it.
 *
 * <p>A small difference is made up at once. A large one is a jump of the engine's clock, which must
 * not end windows early or hold them back; it is made up by a hundredth of the time that passes.
 * Half of an exchange's duration is its error, so a measurement counts only if it differs by more
 * than that. Only one thread at a time changes the clock; any thread may read it.
 */
final class SharedClock implements InstantSource {
  /** What nodes' clocks may differ by, in milliseconds. */
  static final long MAX_DISAGREEMENT = 2_000;

  private static final System.Logger LOG = System.getLogger("dev.gatehouse.limits");
  private static final long MAX_STEP = 200;
  private static final long SLEW = 100;

  private final InstantSource ticker;
  private final AtomicLong ahead = new AtomicLong();
  private long engineAhead;
  private long uncertainty = -1;
  private long slewedMillis;
  private boolean jumped;

  /**
   * A clock that shows this node's time until it has followed the engine's.
   *
   * @param ticker a clock of this node whose milliseconds never go back
   */
  SharedClock(InstantSource ticker) {
    this.ticker = ticker;
  }

  @Override
  public long millis() {
    return ticker.millis() + ahead.get();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /**
   * Compares the clock with the engine's.
   *
   * @param asked when the engine was asked, by the ticker
   * @param told what the engine answered
   * @param answered when it answered, by the ticker
   */
  void follow(long asked, long told, long answered) {
    long error = (answered - asked) / 2 + 1;
    engineAhead = told - (asked + error - 1);
    long apart = engineAhead - ahead.get();
    if (uncertainty < 0 || (isOff(apart, error) && !isOff(apart, MAX_STEP + uncertainty))) {
      ahead.set(engineAhead);
      uncertainty = error;
    } else if (isOff(apart, error)) {
      slew(apart, answered);
      return;
    }
    jumped = false;
    slewedMillis = answered;
  }

  private void slew(long apart, long nowMillis) {
    if (!jumped) {
      LOG.log(
          Level.WARNING,
          "the clock of the engine of the limits jumped by {0} ms; this node follows it slowly,"
              + " so that no window ends early",
          Long.toString(apart));
    }
    jumped = true;
    long most = (nowMillis - slewedMillis) / SLEW;
    if (most > 0) {
      ahead.addAndGet(Math.max(-most, Math.min(most, apart)));
      slewedMillis = nowMillis;
    }
  }

  /** Takes the time of the nodes that were there before this one. */
  void join(long peersMillis) {
    if (isOff(peersMillis - millis(), MAX_DISAGREEMENT)) {
      step(peersMillis);
    }
  }

  /** Takes the time of the other nodes if it differs, and is nearer to the engine's. */
  void agree(long peersMillis) {
    long engine = ticker.millis() + engineAhead;
    long mine = Math.abs(millis() - engine);
    long theirs = Math.abs(peersMillis - engine);
    if (isOff(peersMillis - millis(), MAX_DISAGREEMENT) && theirs < mine) {
      step(theirs > MAX_DISAGREEMENT ? peersMillis : engine);
    }
  }

  private void step(long toMillis) {
    long by = toMillis - millis();
    LOG.log(
        Level.WARNING,
        "the clock of this node moves by {0} ms to the time of the other nodes",
        Long.toString(by));
    ahead.addAndGet(by);
  }

  private static boolean isOff(long apart, long allowed) {
    return Math.abs(apart) > allowed;
  }
}
