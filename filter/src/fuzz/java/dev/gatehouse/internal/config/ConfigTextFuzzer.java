package dev.gatehouse.internal.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.settings.ConfigProblems;

/** Any text of a configuration, JSON or YAML: a tree or a mistake, never an exception. */
public final class ConfigTextFuzzer {
  private ConfigTextFuzzer() {}

  /** Called by the fuzzer with one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    ConfigProblems mistakes = new ConfigProblems();
    if (ConfigText.json("settings", text, mistakes).isEmpty() && mistakes.found().isEmpty()) {
      throw new AssertionError("neither a tree nor a mistake");
    }
    ConfigText.file("gatehouse.yaml", text, new ConfigProblems());
  }
}
