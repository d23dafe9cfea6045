package dev.gatehouse.bench;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The keys that are enrolled, and as many that are not; the same ones in every run. */
@State(Scope.Benchmark)
public class Callers {
  /** How many callers are enrolled. */
  @Param({"10000", "1000000"})
  public int callers;

  /** Whether the presented keys are enrolled. */
  @Param({"valid", "unknown"})
  public String presented = "";

  private String[] enrolled = {};
  private String[] shown = {};

  /** Makes the keys. */
  @Setup(Level.Trial)
  public void make() {
    enrolled = keys(1, callers);
    shown = presented.equals("valid") ? keys(1, callers) : keys(2, callers);
  }

  String enrolled(int i) {
    return enrolled[i];
  }

  /** Any of the presented keys, as a text that the store does not hold itself. */
  String shown(Randomness random) {
    return shown[random.below(shown.length)];
  }

  private static String[] keys(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    String[] keys = new String[count];
    for (int i = 0; i < count; i++) {
      keys[i] =
          "gh_"
              + Long.toHexString(random.nextLong() | Long.MIN_VALUE)
              + '_'
              + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }
    return keys;
  }

  /** A thread's own choice of keys; uniform, so that caches of the machine do not help. */
  @State(Scope.Thread)
  public static class Randomness {
    private final BenchRequest request = new BenchRequest();
    private long state;

    /** Starts every thread elsewhere. */
    @Setup(Level.Trial)
    public void seed(org.openjdk.jmh.infra.ThreadParams threads) {
      state = 0x9E3779B97F4A7C15L * (threads.getThreadIndex() + 1);
    }

    BenchRequest request(Callers callers) {
      return request.presenting(callers.shown(this));
    }

    int below(int bound) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      return (int) (((state >>> 33) * bound) >>> 31);
    }
  }
}
