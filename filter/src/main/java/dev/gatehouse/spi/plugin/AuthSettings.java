package dev.gatehouse.spi.plugin;

import dev.gatehouse.ConfigException;
import dev.gatehouse.settings.SettingsReader;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings that every credential plugin has on a Route.
 *
 * @param realm the realm of the challenge: 1 to 128 printable ASCII characters without quote and
 *     backslash
 * @param hideCredentials whether the credential is hidden from the application
 * @param anonymousConsumer the username of the Consumer of requests without a credential, if any
 */
public record AuthSettings(
    String realm, boolean hideCredentials, Optional<String> anonymousConsumer) {

  private static final int MAX_REALM_LENGTH = 128;
  private static final String RULE =
      "must be 1 to 128 printable ASCII characters without \" and \\";

  /** Creates settings. The realm is checked, because it becomes part of a header. */
  public AuthSettings {
    if (!isRealm(realm)) {
      throw new ConfigException("realm", RULE);
    }
    Objects.requireNonNull(anonymousConsumer, "anonymousConsumer");
  }

  /**
   * Reads the settings.
   *
   * @param realm the default realm of the plugin
   */
  public static AuthSettings read(SettingsReader settings, String realm) {
    String given = settings.text("realm", realm);
    if (!isRealm(given)) {
      settings.report("realm", RULE);
      given = realm;
    }
    return new AuthSettings(
        given, settings.flag("hide_credentials", false), settings.nonEmpty("anonymous_consumer"));
  }

  private static boolean isRealm(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_REALM_LENGTH
        && text.chars().allMatch(c -> c >= ' ' && c < 127 && c != '"' && c != '\\');
  }
}
