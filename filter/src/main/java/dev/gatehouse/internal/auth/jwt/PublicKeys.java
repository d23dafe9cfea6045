package dev.gatehouse.internal.auth.jwt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A parser of public keys in PEM (one SubjectPublicKeyInfo, RFC 7468 section 13) or as a JWK. */
final class PublicKeys {
  private static final Pattern PEM =
      Pattern.compile(
          "\\s*+-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]++)-----END PUBLIC KEY-----\\s*+");

  private PublicKeys() {}

  /** Parses a key. Returns empty if the text is malformed or not a key of the algorithm. */
  static Optional<PublicKey> read(JwtAlgorithm algorithm, String text) {
    try {
      PublicKey key =
          text.stripLeading().startsWith("{")
              ? JsonWebKey.read(algorithm, text.getBytes(StandardCharsets.UTF_8))
              : pem(algorithm, text);
      return fits(algorithm, key) ? Optional.of(key) : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static PublicKey pem(JwtAlgorithm algorithm, String text)
      throws GeneralSecurityException {
    Matcher pem = PEM.matcher(text);
    if (!pem.matches()) {
      throw new InvalidKeySpecException("not one public key in PEM");
    }
    byte[] der = Base64.getDecoder().decode(pem.group(1).replaceAll("\\s", ""));
    return KeyFactory.getInstance(factory(algorithm)).generatePublic(new X509EncodedKeySpec(der));
  }

  private static String factory(JwtAlgorithm algorithm) {
    return switch (algorithm.family()) {
      case RSA, RSA_PSS -> "RSA";
      case EC -> "EC";
      case EDWARDS -> "EdDSA";
      case HMAC -> throw new IllegalArgumentException("HMAC has no public key");
    };
  }

  private static boolean fits(JwtAlgorithm algorithm, PublicKey key)
      throws GeneralSecurityException {
    return key instanceof ECPublicKey ec
        ? same(ec.getParams(), curve(algorithm)) && isOn(ec.getW(), ec.getParams().getCurve())
        : key instanceof RSAPublicKey || key instanceof EdECPublicKey;
  }

  /** Returns whether a point is on a curve over a prime field and is not the point at infinity. */
  static boolean isOn(ECPoint point, EllipticCurve curve) {
    if (point.equals(ECPoint.POINT_INFINITY) || !(curve.getField() instanceof ECFieldFp field)) {
      return false;
    }
    BigInteger p = field.getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.multiply(y).mod(p).equals(right);
  }

  private static ECParameterSpec curve(JwtAlgorithm algorithm) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(algorithm.curve()));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  private static boolean same(ECParameterSpec one, ECParameterSpec other) {
    return one.getCurve().equals(other.getCurve())
        && one.getGenerator().equals(other.getGenerator())
        && one.getOrder().equals(other.getOrder())
        && one.getCofactor() == other.getCofactor();
  }
}
