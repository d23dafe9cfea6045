package dev.gatehouse.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Set;

/** Any bytes of a query: values, and a query without a parameter that has none of it left. */
public final class RawQueryFuzzer {
  private RawQueryFuzzer() {}

  /** Called by the fuzzer with one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    RawQuery.values(text, "apikey");
    String rest = RawQuery.without(text, Set.of("apikey"));
    if (!RawQuery.values(rest, "apikey").isEmpty()) {
      throw new AssertionError("a concealed parameter is still there");
    }
  }
}
