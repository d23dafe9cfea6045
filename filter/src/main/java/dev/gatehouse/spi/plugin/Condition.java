package dev.gatehouse.spi.plugin;

import dev.gatehouse.settings.SettingsReader;

/**
 * Something that is true of a request or is not, as the settings {@code _meta.filter} and {@code
 * case} say it (reference section 3.10).
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface Condition {
  /** True of every request. */
  Condition ALWAYS = call -> true;

  /** Whether it is true of a request. */
  boolean holds(InterceptedRequest call);

  /** Reads conditions from settings. */
  @FunctionalInterface
  interface Reader {
    /** Reads none: a setting that holds one is a mistake. */
    Reader NONE =
        (settings, name) -> {
          settings.refuse(name, "is not available here");
          return ALWAYS;
        };

    /**
     * Reads the condition that a setting holds, and reports what is wrong.
     *
     * @param name of the setting, which is there
     */
    Condition read(SettingsReader settings, String name);
  }
}
