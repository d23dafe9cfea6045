package dev.gatehouse.bench;

import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.engine.Verdict;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The whole decision about a request with a token; {@code jwt-auth} alone. One thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JwtBenchmark {
  private final BenchRequest request = new BenchRequest("authorization", null);
  private @Nullable Gate gate;

  /** Opens the gate, and sees that it admits. */
  @Setup(Level.Trial)
  public void open(JwtProofs proofs) {
    gate = proofs.gate();
    if (!(jwt(proofs) instanceof Verdict.Admit)) {
      throw new IllegalStateException("not admitted");
    }
  }

  /** Admits a caller by a token. */
  @Benchmark
  public Verdict jwt(JwtProofs proofs) {
    return Objects.requireNonNull(gate)
        .admit(request.presenting("Bearer " + proofs.token()), Admission.NONE);
  }
}
