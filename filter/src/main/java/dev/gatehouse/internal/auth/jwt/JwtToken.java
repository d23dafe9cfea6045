package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.internal.http.StrictBase64;
import dev.gatehouse.internal.json.Bounds;
import dev.gatehouse.internal.json.NumberForm;
import dev.gatehouse.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parsed, unverified token: three parts of strict base64url, the first two of them strict JSON
 * objects. Keys in the header are ignored.
 *
 * @param header the members of the header
 * @param claims the members of the payload
 * @param signed the signed text
 * @param signature the third part as sent
 */
record JwtToken(
    Map<String, @Nullable Object> header,
    Map<String, @Nullable Object> claims,
    String signed,
    String signature) {

  /** Maximum depth and number length of a JSON object of a token or key. */
  static final StrictJson JSON =
      StrictJson.json(
          new Bounds(
              1 << 20,
              32,
              1 << 20,
              new NumberForm(40, 32, 3, 18),
              Set.of(Bounds.Rule.PAIRED_SURROGATES)));

  /** Maximum length of a token, in characters. */
  static final int MAX_LENGTH = 8192;

  /** Header members that would change the meaning of the signature or the payload. */
  private static final List<String> FORBIDDEN = List.of("crit", "b64", "zip");

  /** Parses a token. Returns null if the text is malformed. */
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
    byte[] json = StrictBase64.decodeUrl(part);
    return json == null ? null : JSON.objectOrNull(json);
  }

  /** Returns the token without its signature, for a cache of verified tokens. */
  JwtToken withoutSignature() {
    return new JwtToken(header, claims, "", "");
  }

  byte[] signedBytes() {
    return signed.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns a text without the token. */
  @Override
  public String toString() {
    return "JwtToken";
  }
}
