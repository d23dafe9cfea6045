package dev.gatehouse.internal.http;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a form ({@code application/x-www-form-urlencoded}). */
public final class FormBody {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.filter");

  private FormBody() {}

  /** The values by name, in their order; a pair with a malformed escape is left out. */
  public static Map<String, List<String>> parse(ByteBuffer body, Charset charset) {
    String text = escaped(body);
    Map<String, List<String>> values = new LinkedHashMap<>();
    int start = 0;
    while (start < text.length()) {
      int and = text.indexOf('&', start);
      int end = and < 0 ? text.length() : and;
      if (end > start) {
        add(values, text.substring(start, end), charset);
      }
      start = end + 1;
    }
    return values;
  }

  /** The body as ASCII: a byte above that becomes an escape, and so is decoded with the others. */
  private static String escaped(ByteBuffer body) {
    StringBuilder text = new StringBuilder(body.remaining());
    for (int i = body.position(); i < body.limit(); i++) {
      byte each = body.get(i);
      if (each >= 0) {
        text.append((char) each);
      } else {
        text.append('%').append(HexFormat.of().toHexDigits(each));
      }
    }
    return text.toString();
  }

  private static void add(Map<String, List<String>> values, String pair, Charset charset) {
    int equals = pair.indexOf('=');
    byte[] name = decoded(equals < 0 ? pair : pair.substring(0, equals));
    byte[] value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
    if (name == null || value == null) {
      LOG.log(System.Logger.Level.DEBUG, "a form parameter with a malformed escape is left out");
    } else if (name.length > 0) {
      values
          .computeIfAbsent(new String(name, charset), key -> new ArrayList<>())
          .add(new String(value, charset));
    }
  }

  private static byte @Nullable [] decoded(String text) {
    return PercentDecoder.bytes(text, PercentDecoder.Plus.BLANK);
  }
}
