package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.internal.limit.window.LocalRateLimiter;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.jetbrains.kotlinx.lincheck.strategy.managed.modelchecking.ModelCheckingOptions;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever threads do at once, each counter answers as if they had come one after another. */
@Tag("lincheck")
final class LimitLinearizabilityTest {
  private static final long NOW = 1_000;

  /** What a node holds of a window. */
  public static final class Leased {
    private final PermitBatch permits = new PermitBatch(4);

    @Operation
    public long spend() {
      return permits.spend();
    }

    @Operation
    public long left() {
      return permits.left();
    }
  }

  /** Two keys of the local engine, on windows of every kind and the bucket. */
  @Param(name = "key", gen = IntGen.class, conf = "1:2")
  public static final class Local {
    private final RateLimiter limits = new LocalRateLimiter(100);

    @Operation
    public String fixed(@Param(name = "key") int key) {
      return acquire(RateWindow.Kind.FIXED, key);
    }

    @Operation
    public String sliding(@Param(name = "key") int key) {
      return acquire(RateWindow.Kind.SLIDING, key);
    }

    @Operation
    public String strict(@Param(name = "key") int key) {
      return acquire(RateWindow.Kind.STRICT, key);
    }

    private String acquire(RateWindow.Kind kind, int key) {
      return limits.acquire(key(kind, key), new RateWindow(3, 60_000, kind), NOW).toString();
    }

    @Operation
    public String left(@Param(name = "key") int key) {
      RateWindow window = new RateWindow(3, 60_000);
      return limits.peek(key(RateWindow.Kind.FIXED, key), window, NOW).toString();
    }

    private static CounterKey key(RateWindow.Kind kind, int key) {
      return new CounterKey(new CounterOwner("consumer", "acme"), kind.name(), "key" + key);
    }
  }

  /** Every interleaving of three threads, as far as two hundred tries for a scenario reach. */
  @Test
  void lease_isSpentOncePerPermit() {
    LinChecker.check(Leased.class, modelChecking());
  }

  @Test
  void lease_underStress_isSpentOncePerPermit() {
    LinChecker.check(Leased.class, stress());
  }

  @Test
  void localCounters_underStress_countOneAfterAnother() {
    LinChecker.check(Local.class, stress());
  }

  private static ModelCheckingOptions modelChecking() {
    return new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .iterations(10)
        .invocationsPerIteration(200);
  }

  private static StressOptions stress() {
    return new StressOptions()
        .threads(2)
        .actorsPerThread(3)
        .iterations(10)
        .invocationsPerIteration(1_000);
  }
}
