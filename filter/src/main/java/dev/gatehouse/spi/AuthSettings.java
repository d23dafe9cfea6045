package dev.gatehouse.spi;

import dev.gatehouse.SettingsReader;
import java.util.Optional;

/**
 * The settings that every credential plugin has on a Route (reference section 2).
 *
 * @param realm the realm of the challenge: 1 to 128 printable ASCII characters without quote and
 *     backslash
 * @param hideCredentials whether the application must not see the credential
 * @param anonymousConsumer the Consumer of requests that present nothing, if there is one
 */
public record AuthSettings(
    String realm, boolean hideCredentials, Optional<String> anonymousConsumer) {

  private static final int LONGEST_REALM = 128;

  /**
   * Reads them.
   *
   * @param realm the plugin's own default realm
   */
  public static AuthSettings read(SettingsReader settings, String realm) {
    String given = settings.text("realm", realm);
    if (given.length() > LONGEST_REALM || !given.chars().allMatch(AuthSettings::isRealm)) {
      settings.mistake("realm", "must be 1 to 128 printable ASCII characters without \" and \\");
      given = realm;
    }
    return new AuthSettings(
        given, settings.flag("hide_credentials", false), settings.nonEmpty("anonymous_consumer"));
  }

  private static boolean isRealm(int c) {
    return c >= ' ' && c < 127 && c != '"' && c != '\\';
  }
}
