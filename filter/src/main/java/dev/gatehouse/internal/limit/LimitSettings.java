package dev.gatehouse.internal.limit;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.RateWindow;
import java.util.List;

/** Settings that several limits share. */
final class LimitSettings {
  private LimitSettings() {}

  /** Returns the kind of a window: the settings {@code window_type} and {@code align}. */
  static RateWindow.Kind kind(SettingsReader settings) {
    String type = settings.choice("window_type", List.of("fixed", "sliding", "strict"), "fixed");
    String align = settings.choice("align", List.of("first-request", "clock"), "first-request");
    boolean clock = align.equals("clock");
    if (clock && !type.equals("fixed")) {
      settings.report("align", "is for window_type fixed; window_type is " + type);
    }
    return switch (type) {
      case "sliding" -> RateWindow.Kind.SLIDING;
      case "strict" -> RateWindow.Kind.STRICT;
      default -> clock ? RateWindow.Kind.ALIGNED : RateWindow.Kind.FIXED;
    };
  }

  /** Requires the setting {@code key}, which has no default here. */
  static void requireKey(SettingsReader settings) {
    if (!settings.has("key")) {
      settings.report("key", ConfigProblem.Code.REQUIRED, "is required");
    }
  }
}
