package dev.gatehouse.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Any bytes of a request target: a path or a refusal, never an exception. */
public final class CanonicalPathFuzzer {
  private CanonicalPathFuzzer() {}

  /** Called by the fuzzer with one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    CanonicalPath.of(text, false);
    CanonicalPath.of("/" + text, true);
  }
}
