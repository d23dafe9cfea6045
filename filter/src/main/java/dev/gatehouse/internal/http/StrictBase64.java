package dev.gatehouse.internal.http;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64 (RFC 4648) that accepts exactly the text that an encoder writes for the bytes. */
public final class StrictBase64 {
  private StrictBase64() {}

  /** Returns the bytes of padded base64 (section 4); none if the text is not that. */
  public static byte[] decode(String text) {
    byte[] bytes = exact(text, Base64.getDecoder(), true);
    return bytes == null ? new byte[0] : bytes;
  }

  /** Returns the bytes of base64 with or without its padding; null if the text is not that. */
  public static byte @Nullable [] decodeAnyPadding(String text) {
    return exact(text, Base64.getDecoder(), text.endsWith("="));
  }

  /** Returns the bytes of base64url without padding (section 5); null if the text is not that. */
  public static byte @Nullable [] decodeUrl(String text) {
    return exact(text, Base64.getUrlDecoder(), false);
  }

  private static byte @Nullable [] exact(String text, Base64.Decoder decoder, boolean padded) {
    try {
      byte[] bytes = decoder.decode(text);
      int digits = (4 * bytes.length + 2) / 3;
      int length = padded ? (bytes.length + 2) / 3 * 4 : digits;
      return text.length() == length && isLastDigit(text, digits, bytes.length) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The decoder ignores the bits of the last digit that belong to no byte; they must be zero. */
  private static boolean isLastDigit(String text, int digits, int bytes) {
    return switch (bytes % 3) {
      case 1 -> "AQgw".indexOf(text.charAt(digits - 1)) >= 0;
      case 2 -> "AEIMQUYcgkosw048".indexOf(text.charAt(digits - 1)) >= 0;
      default -> true;
    };
  }
}
