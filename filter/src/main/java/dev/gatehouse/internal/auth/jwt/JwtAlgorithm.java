package dev.gatehouse.internal.auth.jwt;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** The algorithms of {@code jwt-auth}, by the names of RFC 7518 and RFC 8037. */
enum JwtAlgorithm {
  HS256(Family.HMAC, 256),
  HS384(Family.HMAC, 384),
  HS512(Family.HMAC, 512),
  RS256(Family.RSA, 256),
  RS384(Family.RSA, 384),
  RS512(Family.RSA, 512),
  PS256(Family.RSA_PSS, 256),
  PS384(Family.RSA_PSS, 384),
  PS512(Family.RSA_PSS, 512),
  ES256(Family.EC, 256),
  ES384(Family.EC, 384),
  ES512(Family.EC, 512),
  EDDSA(Family.EDWARDS, 512);

  /** The kind of an algorithm's key. */
  enum Family {
    HMAC,
    RSA,
    RSA_PSS,
    EC,
    EDWARDS
  }

  private final Family family;
  private final int hashBits;

  JwtAlgorithm(Family family, int hashBits) {
    this.family = family;
    this.hashBits = hashBits;
  }

  /** Returns the values of {@code alg}. */
  static List<String> ids() {
    return Stream.of(values()).map(JwtAlgorithm::id).toList();
  }

  /** Returns the algorithm of an {@code alg}, which must be one of {@link #ids()}. */
  static JwtAlgorithm of(String id) {
    return Stream.of(values()).filter(a -> a.id().equals(id)).findFirst().orElseThrow();
  }

  /** Returns the value of {@code alg}. */
  String id() {
    return this == EDDSA ? "EdDSA" : name();
  }

  Family family() {
    return family;
  }

  boolean isHmac() {
    return family == Family.HMAC;
  }

  /** Returns the JCA name of an HMAC, which is also the name of its keys. */
  String macName() {
    return "HmacSHA" + hashBits;
  }

  /**
   * Returns the minimum length of an HMAC's secret in bytes: that of its hash (RFC 7518 section
   * 3.2).
   */
  int leastSecretBytes() {
    return hashBits / 8;
  }

  /** Returns the JCA name of an ECDSA algorithm's curve (RFC 7518 section 3.4). */
  String curve() {
    return this == ES512 ? "secp521r1" : "secp" + hashBits + "r1";
  }

  boolean verifies(SecretKey key, byte[] input, byte[] mac) throws GeneralSecurityException {
    Mac engine = Mac.getInstance(macName());
    engine.init(key);
    return MessageDigest.isEqual(engine.doFinal(input), mac);
  }

  /** Verifies an RSA signature with a key of any size. */
  boolean verifies(PublicKey key, byte[] input, byte[] signature) throws GeneralSecurityException {
    String hash = "SHA-" + hashBits;
    Signature engine =
        Signature.getInstance(
            family == Family.RSA_PSS ? "RSASSA-PSS" : "SHA" + hashBits + "withRSA");
    engine.initVerify(key);
    if (family == Family.RSA_PSS) {
      engine.setParameter(
          new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), hashBits / 8, 1));
    }
    engine.update(input);
    return engine.verify(signature);
  }
}
