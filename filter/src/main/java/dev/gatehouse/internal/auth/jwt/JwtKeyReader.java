package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.Secret;
import dev.gatehouse.settings.SettingsReader;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** Reads the key of a Credential from its settings. */
final class JwtKeyReader {
  private static final int MIN_RSA_BITS = 2048;

  /** Complete groups of four characters, as the decoder of APISIX requires. */
  private static final Pattern BASE64 =
      Pattern.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

  /** The example secrets of a well-known web page: long enough, but in every word list. */
  private static final Set<String> PUBLISHED =
      Set.of(
          "your-256-bit-secret",
          "your-384-bit-secret",
          "your-512-bit-secret",
          "a-string-secret-at-least-256-bits-long",
          "a-valid-string-secret-that-is-at-least-384-bits-long-i-think",
          "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long");

  private JwtKeyReader() {}

  /** Returns the key, or empty if there is none. Problems are reported. */
  static Optional<JwtKey> read(SettingsReader settings, JwtAlgorithm algorithm) {
    boolean base64 = settings.flag("base64_secret", false);
    boolean hasSecret = settings.has("secret");
    boolean hasPublic = settings.has("public_key");
    if (algorithm.isHmac() ? !hasSecret : !hasPublic) {
      settings.report(
          algorithm.isHmac() ? "secret" : "public_key",
          "is required when algorithm is "
              + algorithm.id()
              + (algorithm.isHmac() ? "" : ", unless jwks_uri or jwks_file is given"));
      return Optional.empty();
    }
    return algorithm.isHmac()
        ? secret(algorithm, settings, base64)
        : publicKey(algorithm, settings);
  }

  private static Optional<JwtKey> secret(
      JwtAlgorithm algorithm, SettingsReader settings, boolean base64) {
    Secret secret = settings.requiredSecret("secret");
    String text = secret.reveal();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (PUBLISHED.contains(text)) {
      settings.report("secret", "is a published example that everybody knows");
      return Optional.empty();
    }
    if (base64 && !BASE64.matcher(text).matches()) {
      settings.report("secret", "must be base64 because base64_secret is true");
      return Optional.empty();
    }
    byte[] bytes = base64 ? Base64.getDecoder().decode(text) : secret.utf8();
    int least = algorithm.leastSecretBytes();
    Optional<String> weakness =
        bytes.length >= least
            ? Optional.empty()
            : Optional.of("must have at least " + least + " bytes for " + algorithm.id());
    return Optional.of(
        new JwtKey(algorithm, new SecretKeySpec(bytes, algorithm.macName()), weakness));
  }

  private static Optional<JwtKey> publicKey(JwtAlgorithm algorithm, SettingsReader settings) {
    String text = settings.requiredText("public_key");
    Optional<JwtKey> key = PublicKeys.read(algorithm, text).map(found -> of(algorithm, found));
    if (key.isEmpty() && !text.isEmpty()) {
      settings.report(
          "public_key",
          "must be a public key for " + algorithm.id() + " in PEM (BEGIN PUBLIC KEY) or JWK");
    }
    return key;
  }

  /** A public key of the right kind for the algorithm. */
  static JwtKey of(JwtAlgorithm algorithm, PublicKey key) {
    return new JwtKey(
        algorithm, key, key instanceof RSAPublicKey rsa ? weakness(rsa) : Optional.empty());
  }

  private static Optional<String> weakness(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    return bits >= MIN_RSA_BITS
        ? Optional.empty()
        : Optional.of("must have at least " + MIN_RSA_BITS + " bits, had " + bits);
  }
}
