package dev.gatehouse.internal.auth.jwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens with the JDK alone, so that nothing under test has a hand in them. */
public final class Tokens {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private Tokens() {}

  public static String hs256(String secret, String claims) {
    return signed("HS256", secretKey(secret), "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims);
  }

  /** Returns a token whose header need not say what it was signed with. */
  public static String signed(String alg, Key key, String header, String claims) {
    String input = part(header) + "." + part(claims);
    return input + "." + part(signature(alg, key, input));
  }

  static byte[] signature(String alg, Key key, String input) {
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    String bits = alg.substring(2);
    try {
      if (alg.startsWith("HS")) {
        Mac mac = Mac.getInstance("HmacSHA" + bits);
        mac.init(key);
        return mac.doFinal(bytes);
      }
      Signature engine = engine(alg, bits);
      engine.initSign((PrivateKey) key);
      if (alg.startsWith("PS")) {
        engine.setParameter(
            new PSSParameterSpec(
                "SHA-" + bits,
                "MGF1",
                new MGF1ParameterSpec("SHA-" + bits),
                Integer.parseInt(bits) / 8,
                1));
      }
      engine.update(bytes);
      return engine.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Signature engine(String alg, String bits) throws GeneralSecurityException {
    return Signature.getInstance(
        switch (alg.substring(0, 2)) {
          case "RS" -> "SHA" + bits + "withRSA";
          case "PS" -> "RSASSA-PSS";
          case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
          default -> "EdDSA";
        });
  }

  public static Key secretKey(String secret) {
    return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HMAC");
  }

  public static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyPair edwards(String curve) {
    try {
      return KeyPairGenerator.getInstance(curve).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  public static String part(String json) {
    return part(json.getBytes(StandardCharsets.UTF_8));
  }

  public static String part(byte[] bytes) {
    return URL.encodeToString(bytes);
  }
}
