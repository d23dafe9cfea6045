package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.internal.http.StrictBase64;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed448;
import org.jspecify.annotations.Nullable;

/**
 * A parser of public JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037). Private keys are
 * refused.
 */
final class JsonWebKey {
  private static final List<String> PRIVATE = List.of("d", "k");

  /** The prefix of a key of 32 or 57 bytes in its SubjectPublicKeyInfo (RFC 8410). */
  private static final Map<String, String> EDWARDS =
      Map.of("Ed25519", "302a300506032b6570032100", "Ed448", "3043300506032b6571033a00");

  private final Map<?, ?> members;

  private JsonWebKey(Map<?, ?> members) {
    this.members = members;
  }

  /**
   * Parses a key.
   *
   * @param utf8 the JSON text
   * @throws GeneralSecurityException unless it is a public key for signatures of the algorithm
   */
  static PublicKey read(JwtAlgorithm algorithm, byte[] utf8) throws GeneralSecurityException {
    Map<String, @Nullable Object> members = JwtToken.JSON.objectOrNull(utf8);
    if (members == null) {
      throw new InvalidKeySpecException("not a JSON object");
    }
    return read(algorithm, members);
  }

  /**
   * Returns the key.
   *
   * @param members the members of the JSON object
   * @throws GeneralSecurityException unless it is a public key for signatures of the algorithm
   */
  static PublicKey read(JwtAlgorithm algorithm, Map<?, ?> members) throws GeneralSecurityException {
    if (PRIVATE.stream().anyMatch(members::containsKey)
        || !isOr(members, "alg", algorithm.id())
        || !isOr(members, "use", "sig")
        || !mayVerify(members)) {
      throw new InvalidKeySpecException("not a JWK for signatures of " + algorithm.id());
    }
    JsonWebKey key = new JsonWebKey(members);
    return switch (algorithm.family()) {
      case RSA, RSA_PSS -> key.rsa();
      case EC -> key.elliptic(algorithm);
      case EDWARDS -> key.edwards();
      case HMAC -> throw new InvalidKeySpecException("HMAC has no public key");
    };
  }

  private static boolean isOr(Map<?, ?> members, String name, String wanted) {
    return !members.containsKey(name) || wanted.equals(members.get(name));
  }

  private static boolean mayVerify(Map<?, ?> members) {
    return !members.containsKey("key_ops")
        || (members.get("key_ops") instanceof List<?> uses && uses.contains("verify"));
  }

  private PublicKey rsa() throws GeneralSecurityException {
    expect("kty", "RSA");
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number("n"), number("e")));
  }

  private PublicKey elliptic(JwtAlgorithm algorithm) throws GeneralSecurityException {
    expect("kty", "EC");
    expect("crv", algorithm.curve().replaceAll("secp(\\d+)r1", "P-$1"));
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec(algorithm.curve()));
    ECPoint point = new ECPoint(number("x"), number("y"));
    ECParameterSpec spec = curve.getParameterSpec(ECParameterSpec.class);
    if (!PublicKeys.isOn(point, spec.getCurve())) {
      throw new InvalidKeySpecException("the point is not on the curve");
    }
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, spec));
  }

  private PublicKey edwards() throws GeneralSecurityException {
    expect("kty", "OKP");
    String prefix = EDWARDS.get(String.valueOf(members.get("crv")));
    if (prefix == null) {
      throw new InvalidKeySpecException("not a curve of EdDSA");
    }
    byte[] point = bytes("x");
    boolean sound =
        "Ed25519".equals(members.get("crv"))
            ? point.length == Ed25519.PUBLIC_KEY_SIZE && Ed25519.validatePublicKeyFull(point, 0)
            : point.length == Ed448.PUBLIC_KEY_SIZE && Ed448.validatePublicKeyFull(point, 0);
    if (!sound) {
      throw new InvalidKeySpecException("the point is not on the curve");
    }
    HexFormat hex = HexFormat.of();
    return KeyFactory.getInstance("EdDSA")
        .generatePublic(new X509EncodedKeySpec(hex.parseHex(prefix + hex.formatHex(point))));
  }

  private void expect(String name, String value) throws InvalidKeySpecException {
    if (!value.equals(members.get(name))) {
      throw new InvalidKeySpecException(name + " must be " + value);
    }
  }

  private BigInteger number(String name) throws InvalidKeySpecException {
    return new BigInteger(1, bytes(name));
  }

  private byte[] bytes(String name) throws InvalidKeySpecException {
    byte[] bytes = members.get(name) instanceof String text ? StrictBase64.decodeUrl(text) : null;
    if (bytes == null || bytes.length == 0) {
      throw new InvalidKeySpecException(name + " must be base64url");
    }
    return bytes;
  }
}
