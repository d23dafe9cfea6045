package dev.gatehouse.internal.json;

/** Any bytes of a token's JSON: an object or none, never an exception. */
public final class StrictJsonFuzzer {
  private static final StrictJson JSON = StrictJson.json(Bounds.ofDepth(32));

  private StrictJsonFuzzer() {}

  /** Called by the fuzzer with one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    JSON.objectOrNull(input);
  }
}
