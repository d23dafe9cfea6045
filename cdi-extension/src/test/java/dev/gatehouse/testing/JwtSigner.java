package dev.gatehouse.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens for {@code jwt-auth}, signed with HS256.
 *
 * <p>Immutable and safe for use by several threads. Source: RFC 7515, section 5.1.
 */
public final class JwtSigner {
  private static final JsonMapper JSON = new JsonMapper();

  private final String key;
  private final String secret;
  private final InstantSource clock;

  /** Signs with a Credential's {@code key} and {@code secret}, from the present time on. */
  public JwtSigner(String key, String secret) {
    this(key, secret, InstantSource.system());
  }

  /** Returns the same with the time of a clock. */
  public JwtSigner(String key, String secret, InstantSource clock) {
    this.key = key;
    this.secret = secret;
    this.clock = clock;
  }

  /**
   * Returns a token that is valid from now on for some time.
   *
   * @param claims more claims, which may replace {@code key}, {@code nbf} and {@code exp}
   */
  public String token(Duration valid, Map<String, Object> claims) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> all = new TreeMap<>();
    all.put("key", key);
    all.put("nbf", now - 1);
    all.put("exp", now + valid.toSeconds());
    all.putAll(claims);
    String signed = part(Map.of("alg", "HS256", "typ", "JWT")) + '.' + part(all);
    return signed + '.' + base64(hmac(signed));
  }

  private static String part(Map<String, Object> members) {
    try {
      return base64(JSON.writeValueAsBytes(new TreeMap<>(members)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a claim is no JSON", e);
    }
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
