package dev.gatehouse.internal.limit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.spi.store.StoreException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When an engine counts as down. */
class EngineHealthTest {
  private final AtomicInteger looks = new AtomicInteger();
  private final EngineHealth health = new EngineHealth(looks::incrementAndGet);
  private final Throwable failure = new IllegalStateException("no answer");

  @Test
  void engine_thatHasNotAnsweredYet_isDown() {
    assertTrue(health.isDown());
    assertThrows(StoreException.class, health::check);
    health.answered();
    assertTrue(health.isDown(), "an old answer proves nothing");
    health.works();
    assertFalse(health.isDown());
    health.check();
  }

  @Test
  void threeFailuresInARow_areTooMany() {
    health.works();
    for (int i = 0; i < 10; i++) {
      health.failed(failure);
      health.failed(failure);
      assertFalse(health.isDown());
      health.answered();
    }
    assertEquals(0, looks.get());
    health.failed(failure);
    health.failed(failure);
    health.failed(failure);
    assertTrue(health.isDown());
  }

  /** A pause of this process looks like one of the engine; it must not cost half a second. */
  @Test
  void engine_thatGoesDown_isCheckedAtOnce() {
    health.works();
    for (int i = 0; i < 50; i++) {
      health.failed(failure);
    }
    assertEquals(1, looks.get());
    health.works();
    assertFalse(health.isDown(), "one answer is enough, however many failed");
    for (int i = 0; i < 3; i++) {
      health.failed(failure);
    }
    assertEquals(2, looks.get());
  }
}
