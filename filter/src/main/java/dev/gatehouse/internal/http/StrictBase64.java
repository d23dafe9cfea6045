package dev.gatehouse.internal.http;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64 (RFC 4648) that accepts exactly the text that an encoder writes for the bytes. */
public final class StrictBase64 {
  private StrictBase64() {}

  /** Returns the bytes of padded base64 (section 4); none if the text is not that. */
  public static byte[] decode(String text) {
    byte[] bytes = exact(text, Base64.getDecoder(), Base64.getEncoder());
    return bytes == null ? new byte[0] : bytes;
  }

  /** Returns the bytes of base64 with or without its padding; null if the text is not that. */
  public static byte @Nullable [] decodeAnyPadding(String text) {
    Base64.Encoder encoder = Base64.getEncoder();
    return exact(
        text, Base64.getDecoder(), text.endsWith("=") ? encoder : encoder.withoutPadding());
  }

  /** Returns the bytes of base64url without padding (section 5); null if the text is not that. */
  public static byte @Nullable [] decodeUrl(String text) {
    return exact(text, Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());
  }

  private static byte @Nullable [] exact(
      String text, Base64.Decoder decoder, Base64.Encoder encoder) {
    try {
      byte[] bytes = decoder.decode(text);
      return encoder.encodeToString(bytes).equals(text) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
