package dev.gatehouse.internal.http;

import java.util.Base64;

/** Base64 of which every text has one reading and every reading one text (RFC 4648 section 4). */
public final class StrictBase64 {
  private StrictBase64() {}

  /** The bytes; none at all when the text is not exactly what an encoder writes. */
  public static byte[] decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
