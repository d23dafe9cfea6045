package dev.gatehouse.policy;

import dev.gatehouse.SettingsReader;

/** Settings that several restrictions have in common. */
final class RestrictionSettings {
  private RestrictionSettings() {}

  /** Whether the first of two lists is given; exactly one of them must be. */
  static boolean first(SettingsReader settings, String first, String second) {
    boolean given = settings.has(first);
    if (given == settings.has(second)) {
      settings.mistake(
          first, given ? "must not stand beside " + second : "is required, or else " + second);
    }
    return given;
  }

  /** The setting {@code message}: 1 to so many characters. */
  static String message(SettingsReader settings, String fallback, int longest) {
    String message = settings.text("message", fallback);
    if (message.codePointCount(0, message.length()) > longest) {
      settings.mistake("message", "must have 1 to " + longest + " characters");
    }
    return message;
  }
}
