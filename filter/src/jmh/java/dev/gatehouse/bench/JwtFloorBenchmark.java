package dev.gatehouse.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The least for a token, by JDK classes only: decode and verify one that is new; digest one that
 * was seen and look the digest up.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JwtFloorBenchmark {
  private final Map<String, String> callers = new HashMap<>(Map.of("acme", "acme"));
  private final Map<ByteBuffer, String> seen = new HashMap<>();

  /** Remembers the token that is going to be sent again. */
  @Setup(Level.Trial)
  public void remember(JwtProofs proofs) throws GeneralSecurityException {
    seen.put(digest(proofs.tokens[0]), "acme");
  }

  /** Identifies the sender of a token. */
  @Benchmark
  public @Nullable Object jwt(JwtProofs proofs) throws GeneralSecurityException {
    String token = proofs.token();
    if (proofs.presented.endsWith("seen")) {
      return seen.get(digest(token));
    }
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    byte[] claims = Base64.getUrlDecoder().decode(token.substring(first + 1, last));
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(last + 1));
    byte[] signed = token.substring(0, last).getBytes(US_ASCII);
    boolean good = verifies(proofs.key, proofs.algorithm(), signed, signature);
    return good ? claims[2] + callers.get("acme") : "";
  }

  private static boolean verifies(Key key, String alg, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    if (!(key instanceof PublicKey open)) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return MessageDigest.isEqual(mac.doFinal(signed), signature);
    }
    Signature engine = Signature.getInstance(JwtProofs.jdkName(alg));
    engine.initVerify(open);
    engine.update(signed);
    return engine.verify(signature);
  }

  private static ByteBuffer digest(String token) throws GeneralSecurityException {
    return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII)));
  }
}
