package dev.gatehouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.engine.Verdict;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A signed request without a body: {@code hmac-auth} beside its floor. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SignatureBenchmark {
  private static final String DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.format(Proofs.NOW.atOffset(ZoneOffset.UTC));

  private static final SecretKeySpec KEY = new SecretKeySpec(Proofs.SECRET.utf8(), "HmacSHA256");

  private final Map<String, SecretKeySpec> callers = new HashMap<>(Map.of("acme", KEY));
  private BenchRequest request = new BenchRequest();
  private String signature = "";
  private @Nullable Gate gate;

  /** Signs the request and opens the gate, and sees that it admits. */
  @Setup(Level.Trial)
  public void open() throws GeneralSecurityException {
    gate = opened();
    request = signed("acme", false);
    signature = Base64.getEncoder().encodeToString(sign("acme", false));
    if (!(hmac() instanceof Verdict.Admit)) {
      throw new IllegalStateException("not admitted");
    }
  }

  static Gate opened() {
    return Proofs.gate(
        "hmac-auth",
        Proofs.OneCaller.of(
            "acme",
            Proofs.stored("hmac-auth", Map.of("key_id", "acme", "secret_key", Proofs.SECRET))));
  }

  static BenchRequest signed(String keyId, boolean wrongly) throws GeneralSecurityException {
    return new BenchRequest("authorization", DATE)
        .presenting(
            "Signature keyId=\"%s\",algorithm=\"hmac-sha256\",headers=\"@request-target date\",signature=\"%s\""
                .formatted(keyId, Base64.getEncoder().encodeToString(sign(keyId, wrongly))));
  }

  /** Decides about a signed request. */
  @Benchmark
  public Verdict hmac() {
    return Objects.requireNonNull(gate).admit(request, Admission.NONE);
  }

  /** Returns the same by JDK classes only, without parsing the header. */
  @Benchmark
  public boolean floor() throws GeneralSecurityException {
    SecretKeySpec found = callers.get("acme");
    return found != null
        && MessageDigest.isEqual(sign("acme", false), Base64.getDecoder().decode(signature));
  }

  private static byte[] sign(String keyId, boolean wrongly) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(KEY);
    String text = keyId + "\nGET /shop/orders/42\ndate: " + DATE + "\n" + (wrongly ? "x" : "");
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
