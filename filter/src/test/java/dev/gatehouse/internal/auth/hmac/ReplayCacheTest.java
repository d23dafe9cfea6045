package dev.gatehouse.internal.auth.hmac;

import static dev.gatehouse.internal.auth.hmac.ReplayCache.Outcome.FULL;
import static dev.gatehouse.internal.auth.hmac.ReplayCache.Outcome.SEEN;
import static dev.gatehouse.internal.auth.hmac.ReplayCache.Outcome.TAKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.ConcurrentTasks;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayCacheTest {
  private final ReplayCache seen = new ReplayCache();

  @Test
  void take_remembersUntilTheLastSecondIsOver() {
    assertEquals(TAKEN, seen.take(new byte[] {1}, 10, 5, 2));
    assertEquals(SEEN, seen.take(new byte[] {1}, 10, 10, 2));
    assertEquals(TAKEN, seen.take(new byte[] {2}, 12, 10, 2));
    assertEquals(FULL, seen.take(new byte[] {3}, 12, 10, 2));
    assertTrue(seen.has(new byte[] {1}));
    assertEquals(TAKEN, seen.take(new byte[] {3}, 12, 11, 2));
    assertFalse(seen.has(new byte[] {1}));
    assertEquals(SEEN, seen.take(new byte[] {2}, 12, 12, 2));
  }

  @Test
  void take_copiesTheSignature() {
    byte[] signature = {1};
    seen.take(signature, 10, 5, 2);
    signature[0] = 2;
    assertTrue(seen.has(new byte[] {1}));
    assertFalse(seen.has(signature));
  }

  @Test
  void take_byManyAtOnce_isGrantedToOne() throws Exception {
    for (byte round = 0; round < 50; round++) {
      byte[] signature = {round};
      List<ReplayCache.Outcome> outcomes =
          ConcurrentTasks.run(4, () -> seen.take(signature, 10, 5, 1000));
      assertEquals(1, outcomes.stream().filter(TAKEN::equals).count());
    }
  }
}
