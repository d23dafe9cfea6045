package dev.gatehouse.internal.auth.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Base64;

/** Any text of a token, and any header and payload in one: a token or none, never an exception. */
public final class JwtTokenFuzzer {
  private JwtTokenFuzzer() {}

  /** Called by the fuzzer with one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    JwtToken.read(text);
    int half = input.length / 2;
    JwtToken.read(
        part(input, 0, half) + '.' + part(input, half, input.length) + '.' + part(input, 0, half));
  }

  private static String part(byte[] input, int from, int to) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(input, from, to));
  }
}
