package dev.gatehouse.internal.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes percent escapes (RFC 3986 section 2.1). */
public final class PercentDecoder {
  private PercentDecoder() {}

  /** The meaning of a plus sign. */
  public enum Plus {
    /** A blank, as in queries and forms. */
    BLANK,
    /** Itself, as in paths. */
    ITSELF
  }

  /** Returns the byte of the escape at an index, from 0 to 255; -1 if it is malformed. */
  public static int escape(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = hex(text.charAt(at + 1));
    int low = hex(text.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Returns the text that the escapes encode in UTF-8; null if any of it is malformed. */
  public static @Nullable String utf8(String text, Plus plus) {
    byte[] bytes = bytes(text, plus);
    try {
      return bytes == null
          ? null
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /**
   * Returns the bytes that a text encodes. Characters beyond ASCII are encoded in UTF-8.
   *
   * @return null if an escape is malformed
   */
  public static byte @Nullable [] bytes(String text, Plus plus) {
    return decode(text, plus, false);
  }

  /**
   * Returns the text as the most lenient reader decodes it: a malformed escape is itself, and bytes
   * that are not UTF-8 are replacement characters.
   */
  public static String lenient(String text, Plus plus) {
    byte[] bytes = decode(text, plus, true);
    return bytes == null ? text : new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] decode(String text, Plus plus, boolean lenient) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      int c = text.codePointAt(i);
      int value = c == '%' ? escape(text, i) : -1;
      if (c == '%' && value < 0 && !lenient) {
        return null;
      }
      if (value >= 0) {
        bytes.write(value);
        i += 2;
      } else if (c < 128) {
        bytes.write(c == '+' && plus == Plus.BLANK ? ' ' : c);
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c) - 1;
      }
    }
    return bytes.toByteArray();
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
