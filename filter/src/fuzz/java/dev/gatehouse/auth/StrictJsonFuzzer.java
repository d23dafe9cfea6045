package dev.gatehouse.auth;

/** Any bytes of a token's JSON: an object or none, never an exception. */
public final class StrictJsonFuzzer {
  private StrictJsonFuzzer() {}

  /** Called by the fuzzer with one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    StrictJson.object(input);
  }
}
