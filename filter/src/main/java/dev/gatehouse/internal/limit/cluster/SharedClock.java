package dev.gatehouse.internal.limit.cluster;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clock that the nodes share: a node's monotonic clock plus the difference to the engine's
 * clock.
 *
 * <p>A small difference is corrected at once. A large one is a jump of the engine's clock, which
 * must not end windows early or extend them; it is corrected by a hundredth of the elapsed time.
 * The error of a measurement is half the duration of the exchange, so smaller differences are
 * ignored. One thread at a time may change the clock; any thread may read it.
 */
final class SharedClock implements InstantSource {
  /** Largest difference of the nodes' clocks, in milliseconds. */
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
   * Creates a clock with this node's time.
   *
   * @param ticker a monotonic clock of this node
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
   * Adjusts the clock to the engine's.
   *
   * @param asked the time of the call, by the ticker
   * @param told the time of the engine
   * @param answered the time of the answer, by the ticker
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

  /** Takes over the time of the existing nodes. */
  void join(long peersMillis) {
    if (isOff(peersMillis - millis(), MAX_DISAGREEMENT)) {
      step(peersMillis);
    }
  }

  /** Takes over the time of the other nodes if it differs and is nearer to the engine's. */
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
