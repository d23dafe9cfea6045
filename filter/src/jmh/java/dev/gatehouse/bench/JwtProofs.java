package dev.gatehouse.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.spi.store.ConsumerStore;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoredCredential;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Tokens of one caller: one that is sent again and again, or so many that none is remembered.
 *
 * <p>Signing a million tokens with RSA would take an hour; for the public keys the caller's
 * Credential changes at each request instead, which makes every token a new one.
 */
@State(Scope.Benchmark)
public class JwtProofs {
  private static final int MANY = 400_000;

  /** The algorithm, and whether the token was seen before. */
  @Param({"HS256-seen", "HS256-first", "RS256-seen", "RS256-first", "ES256-seen", "ES256-first"})
  public String presented = "";

  String[] tokens = {};
  Key key = new SecretKeySpec(new byte[] {1}, "HmacSHA256");
  private int next;

  /** Makes key and tokens. */
  @Setup(Level.Trial)
  public void make() throws GeneralSecurityException {
    String alg = algorithm();
    Key signing;
    if (alg.equals("HS256")) {
      key = new SecretKeySpec(Proofs.SECRET.utf8(), "HmacSHA256");
      signing = key;
    } else {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(alg.equals("RS256") ? "RSA" : "EC");
      generator.initialize(alg.equals("RS256") ? 2048 : 256);
      KeyPair pair = generator.generateKeyPair();
      key = pair.getPublic();
      signing = pair.getPrivate();
    }
    tokens = new String[isNew() && alg.equals("HS256") ? MANY : 1];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = token(alg, signing, i);
    }
  }

  /** Returns the token of the next request. */
  String token() {
    next = next + 1 == tokens.length ? 0 : next + 1;
    return tokens[next];
  }

  String algorithm() {
    return presented.substring(0, 5);
  }

  Gate gate() {
    return Proofs.gate("jwt-auth", store());
  }

  private boolean isNew() {
    return presented.endsWith("first");
  }

  private ConsumerStore store() {
    if (!isNew() || algorithm().equals("HS256")) {
      return Proofs.OneCaller.of("acme", Proofs.stored("jwt-auth", settings(0)));
    }
    Proofs.OneCaller one = Proofs.OneCaller.of("acme", Proofs.stored("jwt-auth", settings(0)));
    Proofs.OneCaller other = Proofs.OneCaller.of("acme", Proofs.stored("jwt-auth", settings(1)));
    return new Alternating(one, other);
  }

  private Map<String, ?> settings(int grace) {
    return key instanceof PublicKey open
        ? Map.of(
            "key",
            "acme",
            "algorithm",
            algorithm(),
            "public_key",
            pem(open),
            "lifetime_grace_period",
            grace)
        : Map.of("key", "acme", "secret", Proofs.SECRET);
  }

  private static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static String token(String alg, Key key, int number) throws GeneralSecurityException {
    String signed =
        Proofs.base64Url("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}")
            + '.'
            + Proofs.base64Url(
                "{\"key\":\"acme\",\"exp\":"
                    + Proofs.NOW.plusSeconds(3600).getEpochSecond()
                    + ",\"jti\":\""
                    + number
                    + "\"}");
    return signed + '.' + Proofs.base64Url(signature(alg, key, signed.getBytes(US_ASCII)));
  }

  private static byte[] signature(String alg, Key key, byte[] signed)
      throws GeneralSecurityException {
    if (alg.equals("HS256")) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(signed);
    }
    Signature engine = Signature.getInstance(jdkName(alg));
    engine.initSign((PrivateKey) key);
    engine.update(signed);
    return engine.sign();
  }

  static String jdkName(String alg) {
    return alg.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
  }

  /** Answers with the one and the other in turn. */
  private static final class Alternating implements ConsumerStore {
    private final ConsumerStore one;
    private final ConsumerStore other;
    private boolean turn;

    Alternating(ConsumerStore one, ConsumerStore other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
      turn = !turn;
      return (turn ? one : other).credential(plugin, lookup);
    }

    @Override
    public @Nullable Consumer consumer(String username) {
      return null;
    }
  }
}
