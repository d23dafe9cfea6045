package dev.gatehouse.internal.auth.jwt;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * A key that verifies tokens of one algorithm. Immutable and safe for use by several threads.
 *
 * @param algorithm the algorithm of the key
 * @param key the key
 * @param weakness the text of the problem if the key is weak; otherwise empty
 */
record JwtKey(JwtAlgorithm algorithm, Key key, Optional<String> weakness) {
  /**
   * Returns whether a signature is well-formed. JDK 17 accepts an EdDSA signature with trailing
   * zeros, and older versions accepted an ECDSA signature of zeros.
   */
  boolean mayHaveMade(byte[] signature) {
    if (key instanceof ECPublicKey ec) {
      return inRange(ec, signature);
    }
    if (key instanceof EdECPublicKey ed) {
      return signature.length == (ed.getParams().getName().equals("Ed25519") ? 64 : 114);
    }
    return key instanceof RSAPublicKey rsa
        ? signature.length == (rsa.getModulus().bitLength() + 7) / 8
        : signature.length > 0;
  }

  /**
   * Checks the length, and that r and s are at least 1 and less than the order (CVE-2022-21449).
   */
  private static boolean inRange(ECPublicKey key, byte[] signature) {
    BigInteger order = key.getParams().getOrder();
    int half = (order.bitLength() + 7) / 8;
    if (signature.length != 2 * half) {
      return false;
    }
    BigInteger r = new BigInteger(1, signature, 0, half);
    BigInteger s = new BigInteger(1, signature, half, half);
    return r.signum() > 0 && s.signum() > 0 && r.compareTo(order) < 0 && s.compareTo(order) < 0;
  }

  boolean weak() {
    return weakness.isPresent();
  }

  /** Verifies with a weak key of HMAC or RSA. */
  boolean verifiesThoughWeak(byte[] signed, byte[] signature) {
    try {
      return key instanceof SecretKey secret
          ? algorithm.verifies(secret, signed, signature)
          : algorithm.verifies((PublicKey) key, signed, signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "JwtKey(" + algorithm.id() + ")";
  }
}
