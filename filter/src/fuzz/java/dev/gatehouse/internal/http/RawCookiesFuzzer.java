package dev.gatehouse.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Set;

/**
 * Any bytes of a {@code Cookie} header: values, and a header without a cookie that has none of it
 * left.
 */
public final class RawCookiesFuzzer {
  private RawCookiesFuzzer() {}

  /** Called by the fuzzer with one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    RawCookies.values(List.of(text), "jwt");
    String rest = RawCookies.without(text, Set.of("jwt"));
    if (rest != null && !RawCookies.values(List.of(rest), "jwt").isEmpty()) {
      throw new AssertionError("a concealed cookie is still there");
    }
  }
}
