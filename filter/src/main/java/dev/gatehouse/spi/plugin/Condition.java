package dev.gatehouse.spi.plugin;

import dev.gatehouse.settings.SettingsReader;

/**
 * A condition on a request: the settings {@code _meta.filter} and {@code case}.
 *
 * <p>Implementations must be safe for use by several threads.
 */
@FunctionalInterface
public interface Condition {
  /** A condition that always holds. */
  Condition ALWAYS = call -> true;

  /** Returns whether the condition holds for a request. */
  boolean holds(InterceptedRequest call);

  /** A reader of conditions. */
  @FunctionalInterface
  interface Reader {
    /** A reader that supports no conditions and reports each one as a problem. */
    Reader NONE =
        (settings, name) -> {
          settings.refuse(name, "is not available here");
          return ALWAYS;
        };

    /**
     * Reads the condition of a setting and reports problems.
     *
     * @param name the name of a setting that is present
     */
    Condition read(SettingsReader settings, String name);
  }
}
