package dev.gatehouse.internal.auth.hmac;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Any bytes of a {@code Signature} header: its parameters or none, never an exception. */
public final class SignatureHeaderFuzzer {
  private SignatureHeaderFuzzer() {}

  /** Called by the fuzzer with one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    SignatureHeader.parse(text);
    SignatureHeader.parse("Signature " + text);
  }
}
