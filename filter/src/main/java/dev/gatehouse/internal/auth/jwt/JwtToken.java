package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.internal.http.Base64Url;
import dev.gatehouse.internal.json.Bounds;
import dev.gatehouse.internal.json.NumberForm;
import dev.gatehouse.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token that was read and not yet believed: three parts of strict base64url, the first two of
 * them strict JSON objects (security J4 to J8). Whatever key its header names or holds is not
 * looked at.
 *
 * @param header the members of the header
 * @param claims the members of the payload
 * @param signed the text that the signature is about
 * @param signature the third part, as sent
 */
record JwtToken(
    Map<String, @Nullable Object> header,
    Map<String, @Nullable Object> claims,
    String signed,
    String signature) {

  /** The most levels and digits of a JSON object of a token or key. */
  static final StrictJson JSON =
      StrictJson.json(
          new Bounds(
              1 << 20,
              32,
              1 << 20,
              new NumberForm(40, 32, 3, 18),
              Set.of(Bounds.Rule.PAIRED_SURROGATES)));

  /** Characters of the longest token that is looked at. */
  static final int MAX_LENGTH = 8192;

  /** Each would change what the signature or the payload means. */
  private static final List<String> FORBIDDEN = List.of("crit", "b64", "zip");

  /** The token, or null when the text is none. */
  static @Nullable JwtToken read(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (text.length() > MAX_LENGTH
        || first < 0
        || second < 0
        || text.indexOf('.', second + 1) >= 0) {
      return null;
    }
    Map<String, @Nullable Object> header = object(text.substring(0, first));
    if (header == null || FORBIDDEN.stream().anyMatch(header::containsKey)) {
      return null;
    }
    Map<String, @Nullable Object> claims = object(text.substring(first + 1, second));
    return claims == null
        ? null
        : new JwtToken(header, claims, text.substring(0, second), text.substring(second + 1));
  }

  private static @Nullable Map<String, @Nullable Object> object(String part) {
    byte[] json = Base64Url.decode(part);
    return json == null ? null : JSON.objectOrNull(json);
  }

  /** What the token says, for when nothing can be verified any more and nothing need be. */
  JwtToken withoutSignature() {
    return new JwtToken(header, claims, "", "");
  }

  byte[] signedBytes() {
    return signed.getBytes(StandardCharsets.US_ASCII);
  }

  /** Shows nothing of what was sent. */
  @Override
  public String toString() {
    return "JwtToken";
  }
}
