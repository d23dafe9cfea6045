package dev.gatehouse.internal.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Any bytes of an {@code Authorization} header: a login or none, never an exception. */
public final class BasicHeaderFuzzer {
  private BasicHeaderFuzzer() {}

  /** Called by the fuzzer with one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    BasicHeader.parse(text);
    BasicHeader.parse("Basic " + text);
  }
}
