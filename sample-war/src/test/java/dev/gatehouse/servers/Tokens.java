package dev.gatehouse.servers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** Tokens of MicroProfile JWT, and the settings of an application that takes them. */
final class Tokens {
  private static final KeyPair PAIR = pair();

  private Tokens() {}

  /** Returns the application's settings. */
  static String settings() {
    String key = Base64.getEncoder().encodeToString(PAIR.getPublic().getEncoded());
    return "mp.jwt.verify.publickey=" + key + "\nmp.jwt.verify.issuer=https://issuer.example\n";
  }

  /** Returns a token of a user with a group. */
  static String of(String user, String group) throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String signed =
        part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
            + '.'
            + part(
                ("{\"iss\":\"https://issuer.example\",\"sub\":\"%s\",\"upn\":\"%s\",\"jti\":\"1\","
                        + "\"groups\":[\"%s\"],\"iat\":%d,\"exp\":%d}")
                    .formatted(user, user, group, now - 1, now + 600));
    Signature rsa = Signature.getInstance("SHA256withRSA");
    rsa.initSign(PAIR.getPrivate());
    rsa.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + '.' + base64(rsa.sign());
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(2048);
      return rsa.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return base64(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
