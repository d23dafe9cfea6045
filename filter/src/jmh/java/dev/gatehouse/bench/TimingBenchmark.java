package dev.gatehouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.engine.Verdict;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures whether the time of a refusal reveals that a user exists. Known and unknown names are
 * refused in turn, and the ratio of the medians is printed after each iteration. It must be between
 * 0.8 and 1.25.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimingBenchmark {
  private static final int MAX = 200_000;

  /** The plugin that refuses. */
  @Param({"basic-auth", "hmac-auth"})
  public String presented = "";

  private final long[] known = new long[MAX];
  private final long[] unknown = new long[MAX];
  private BenchRequest asKnown = new BenchRequest();
  private BenchRequest asUnknown = new BenchRequest();
  private @Nullable Gate gate;
  private int count;

  /** Opens the gate, and sees that it refuses both. */
  @Setup(Level.Trial)
  public void open() throws GeneralSecurityException {
    gate = presented.equals("basic-auth") ? Logins.gate() : Signatures.gate();
    asKnown = presented.equals("basic-auth") ? Logins.as("acme") : Signatures.wrong("acme");
    asUnknown = presented.equals("basic-auth") ? Logins.as("nobody") : Signatures.wrong("nobody");
    refuse(asKnown);
    refuse(asUnknown);
  }

  /** Forgets the times of the last iteration. */
  @Setup(Level.Iteration)
  public void start() {
    count = 0;
  }

  /** Refuses one of each. */
  @Benchmark
  public void pair() {
    long start = System.nanoTime();
    refuse(asKnown);
    long between = System.nanoTime();
    refuse(asUnknown);
    long end = System.nanoTime();
    if (count < MAX) {
      known[count] = between - start;
      unknown[count++] = end - between;
    }
  }

  /** Prints the ratio of the medians. */
  @TearDown(Level.Iteration)
  public void report() {
    System.out.printf("unknown/known medians: %.3f%n", (double) median(unknown) / median(known));
  }

  private long median(long[] times) {
    long[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    return sorted[count / 2];
  }

  private void refuse(BenchRequest request) {
    if (!(Objects.requireNonNull(gate).admit(request, Admission.NONE) instanceof Verdict.Refuse)) {
      throw new IllegalStateException("not refused");
    }
  }

  /** User and password, the password always wrong. */
  private static final class Logins {
    static Gate gate() {
      return Proofs.gate(
          "basic-auth",
          Proofs.OneCaller.of(
              "acme",
              Proofs.stored("basic-auth", Map.of("username", "acme", "password", "right"))));
    }

    static BenchRequest as(String user) {
      return new BenchRequest("authorization", null)
          .presenting(
              "Basic " + Base64.getEncoder().encodeToString((user + ":wrong").getBytes(UTF_8)));
    }
  }

  /** Signatures that are always wrong. */
  private static final class Signatures {
    static Gate gate() {
      return SignatureBenchmark.opened();
    }

    static BenchRequest wrong(String keyId) throws GeneralSecurityException {
      return SignatureBenchmark.signed(keyId, true);
    }
  }
}
