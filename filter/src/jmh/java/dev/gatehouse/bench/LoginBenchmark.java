package dev.gatehouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.engine.Verdict;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
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

/** A login whose password was right a moment ago: {@code basic-auth} beside its floor. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoginBenchmark {
  private static final String PASSWORD = "correct horse battery";

  private final Map<String, byte[]> seen = new HashMap<>();
  private final BenchRequest request = new BenchRequest("authorization", null);
  private @Nullable Gate gate;

  /** Opens the gate, and sees that it decides as it should. */
  @Setup(Level.Trial)
  public void open() throws GeneralSecurityException {
    seen.put("acme", MessageDigest.getInstance("SHA-256").digest(PASSWORD.getBytes(UTF_8)));
    gate =
        Proofs.gate(
            "basic-auth",
            Proofs.OneCaller.of(
                "acme",
                Proofs.stored("basic-auth", Map.of("username", "acme", "password", PASSWORD))));
    String login = Base64.getEncoder().encodeToString(("acme:" + PASSWORD).getBytes(UTF_8));
    request.presenting("Basic " + login);
    if (!(login() instanceof Verdict.Admit)) {
      throw new IllegalStateException("not admitted");
    }
  }

  /** Returns the same by JDK classes only: decode, digest, look up, compare. */
  @Benchmark
  public boolean floor() throws GeneralSecurityException {
    String header = Objects.requireNonNull(request.header("authorization"));
    byte[] login = Base64.getDecoder().decode(header.substring("Basic ".length()));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(login);
    byte[] known = seen.get("acme");
    return known != null && MessageDigest.isEqual(known, digest);
  }

  /** Decides about a login. */
  @Benchmark
  public Verdict login() {
    return Objects.requireNonNull(gate).admit(request, Admission.NONE);
  }
}
