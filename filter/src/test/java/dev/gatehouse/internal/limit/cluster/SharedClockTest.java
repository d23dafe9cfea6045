package dev.gatehouse.internal.limit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.contract.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedClockTest {
  private static final long NOON = 1_700_000_000_000L;

  private final TestClock ticker = new TestClock(1_000);
  private final SharedClock clock = new SharedClock(ticker);

  private void follow(long engine) {
    clock.follow(ticker.millis(), engine, ticker.millis());
  }

  @Test
  void follow_whenFirst_usesTheEnginesTime() {
    follow(NOON);
    assertEquals(NOON, clock.millis());
    ticker.advance(Duration.ofSeconds(5));
    assertEquals(NOON + 5_000, clock.millis());
  }

  @Test
  void follow_whenLittleDiffers_usesTheEnginesTime() {
    follow(NOON);
    follow(NOON + 150);
    assertEquals(NOON + 150, clock.millis());
    follow(NOON);
    assertEquals(NOON, clock.millis());
  }

  /** The first exchange may wait for a connection, so its time is not exact. */
  @Test
  void follow_whenTheFirstExchangeWasSlow_usesTheNextOne() {
    clock.follow(0, NOON, 3_000);
    assertEquals(NOON - 500, clock.millis());
    follow(NOON + 500);
    assertEquals(NOON + 500, clock.millis());
  }

  @Test
  void follow_whenTheEngineJumps_movesByAHundredth() {
    follow(NOON);
    ticker.advance(Duration.ofSeconds(10));
    follow(NOON + 10_000 + 61_000);
    assertEquals(NOON + 10_000 + 100, clock.millis());
    ticker.advance(Duration.ofSeconds(10));
    follow(NOON + 20_000 - 3_600_000);
    assertEquals(NOON + 20_000, clock.millis());
  }

  @Test
  void agree_whenThisNodeWasPaused_usesTheTimeOfTheOthers() {
    follow(NOON);
    follow(NOON + 300_000);
    clock.agree(NOON + 299_600);
    assertEquals(NOON + 300_000, clock.millis());
  }

  @Test
  void agree_whenTheOtherNodeWasPaused_changesNothing() {
    follow(NOON);
    clock.agree(NOON - 300_000);
    assertEquals(NOON, clock.millis());
  }

  @Test
  void join_usesTheTimeOfTheOthers() {
    follow(NOON);
    clock.join(NOON - 1_000);
    assertEquals(NOON, clock.millis());
    clock.join(NOON - 61_000);
    assertEquals(NOON - 61_000, clock.millis());
  }
}
