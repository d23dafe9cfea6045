package dev.gatehouse.testing;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests for {@code hmac-auth} in the reference's format, over target, date and body.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class HmacSigner {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final String keyId;
  private final String secret;
  private final InstantSource clock;

  /** Signs with a Credential's {@code key_id} and {@code secret_key}, and the present time. */
  public HmacSigner(String keyId, String secret) {
    this(keyId, secret, InstantSource.system());
  }

  /** Returns the same with the time of a clock. */
  public HmacSigner(String keyId, String secret, InstantSource clock) {
    this.keyId = keyId;
    this.secret = secret;
    this.clock = clock;
  }

  /** Returns the headers {@code Date}, {@code Digest} and {@code Authorization} of a request. */
  public Map<String, String> headers(String method, URI uri, byte[] body) {
    String date = DATE.format(clock.instant());
    String digest = "SHA-256=" + base64(sha256(body));
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String signed =
        "%s\n%s %s%s\ndate: %s\ndigest: %s\n"
            .formatted(keyId, method, uri.getPath(), query, date, digest);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Date", date);
    headers.put("Digest", digest);
    headers.put(
        "Authorization",
        "Signature keyId=\"%s\",algorithm=\"hmac-sha256\",headers=\"%s\",signature=\"%s\""
            .formatted(keyId, "@request-target date digest", base64(hmac(signed))));
    return headers;
  }

  /** Returns a request with its signature, ready to be built. */
  public HttpRequest.Builder request(String method, URI uri, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers(method, uri, body).forEach(request::header);
    return request;
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
