package dev.gatehouse.internal.auth.jwt;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys of our own, one for each algorithm. A token of an unknown key is verified with one of them,
 * so that the time does not reveal which keys exist. The result is not used.
 */
final class DecoyKeys {
  private static final int RSA_BITS = 2048;
  private static final int SECRET_BYTES = 64;
  private static final int ED25519_BYTES = 32;
  private static final byte FILL = 1;

  /** The prefix of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410), and its base point. */
  private static final String ED25519 =
      "302a300506032b6570032100" + "58" + "66".repeat(ED25519_BYTES - 1);

  private static final Map<JwtAlgorithm, JwtKey> KEYS = all();

  private DecoyKeys() {}

  /** Returns the key of an algorithm. */
  static JwtKey of(JwtAlgorithm algorithm) {
    return Objects.requireNonNull(KEYS.get(algorithm));
  }

  /** Returns a well-formed signature of an algorithm. */
  static byte[] signature(JwtAlgorithm algorithm) {
    int bytes =
        switch (algorithm.family()) {
          case HMAC -> algorithm.leastSecretBytes();
          case RSA, RSA_PSS -> RSA_BITS / Byte.SIZE;
          case EC -> algorithm == JwtAlgorithm.ES512 ? 132 : 2 * algorithm.leastSecretBytes();
          case EDWARDS -> 2 * ED25519_BYTES;
        };
    byte[] signature = new byte[bytes];
    Arrays.fill(signature, FILL);
    if (algorithm == JwtAlgorithm.EDDSA) {
      byte[] point = HexFormat.of().parseHex(ED25519);
      System.arraycopy(point, point.length - ED25519_BYTES, signature, 0, ED25519_BYTES);
    }
    return signature;
  }

  private static Map<JwtAlgorithm, JwtKey> all() {
    Map<JwtAlgorithm, JwtKey> keys = new EnumMap<>(JwtAlgorithm.class);
    try {
      for (JwtAlgorithm each : JwtAlgorithm.values()) {
        keys.put(each, new JwtKey(each, key(each), Optional.empty()));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has the algorithms of jwt-auth", e);
    }
    return Map.copyOf(keys);
  }

  private static java.security.Key key(JwtAlgorithm algorithm) throws GeneralSecurityException {
    return switch (algorithm.family()) {
      case HMAC -> new SecretKeySpec(new byte[SECRET_BYTES], algorithm.macName());
      case RSA, RSA_PSS -> {
        BigInteger modulus =
            new BigInteger(RSA_BITS, new SecureRandom()).setBit(RSA_BITS - 1).setBit(0);
        yield KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
      }
      case EC -> {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec(algorithm.curve()));
        ECParameterSpec spec = curve.getParameterSpec(ECParameterSpec.class);
        yield KeyFactory.getInstance("EC")
            .generatePublic(new ECPublicKeySpec(spec.getGenerator(), spec));
      }
      case EDWARDS ->
          KeyFactory.getInstance("EdDSA")
              .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(ED25519)));
    };
  }
}
