package dev.gatehouse.spi.plugin;

import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.store.StoreException;

/**
 * A way to authenticate the caller of a request.
 *
 * <p>An implementation has a public constructor without parameters and is found by {@link
 * java.util.ServiceLoader}, or is given to the builder of a filter. One instance serves all Routes;
 * it must be safe for use by several threads and must not store anything of a request in a field.
 * It reads the request and returns a result; it never writes a response.
 *
 * @param <C> the plugin's configuration on a Route; immutable
 */
public interface CredentialPlugin<C extends AuthConfig> {
  /** Returns the plugin's name, as in {@code key-auth}; the same on every call. */
  String name();

  /**
   * Returns the priority: of the plugins of a Route, the one with the highest number runs first.
   * The built-in priorities are in docs/consumer-plugins.md.
   */
  int priority();

  /**
   * Returns the setting of a Credential that must be unique, as in {@code key}; it is named when a
   * duplicate is refused.
   */
  String attribute();

  /**
   * Reads the settings of a Route.
   *
   * @param settings all settings; each one that the plugin does not read is reported as unknown
   * @param parts clocks and counters; may be used later too
   * @return the configuration; where the settings are wrong, any that can be made: it is not used
   *     once a problem was reported to the reader
   */
  C configure(SettingsReader settings, PluginServices parts);

  /**
   * Reads the settings of a Credential before it is stored.
   *
   * <p>For example {@code key-auth} returns its key as the value to look up, and no settings; a
   * plugin with passwords returns the username, and the password's hash.
   *
   * @param settings all settings; each one that the plugin does not read is reported as unknown
   * @return the value to look up and the settings to store; where the settings are wrong, any: they
   *     are not stored once a problem was reported to the reader
   */
  EnrolledCredential readCredential(SettingsReader settings, PluginServices parts);

  /**
   * Authenticates the caller of a request.
   *
   * <p>It is called on the thread of the request, at most once for each Route that the request
   * meets on its dispatches. If a Route has several credential plugins, all of them must succeed
   * and agree on the Consumer. For example:
   *
   * <pre>{@code
   * String key = request.header("apikey");
   * if (key == null) {
   *   return new AuthResult.NoCredential(MISSING);
   * }
   * StoredCredential found = credentials.find(name(), key);
   * return found == null
   *     ? new AuthResult.Rejected(WRONG, "unknown key")
   *     : new AuthResult.Authenticated(found);
   * }</pre>
   *
   * @param config what {@link #configure} returned for the Route
   * @param request the request; not to be used after the call has returned
   * @param credentials finds a usable Credential by the value that was presented
   * @return {@link AuthResult.Authenticated} if the caller has proved a Credential; {@link
   *     AuthResult.NoCredential} if nothing was presented, so that the Route's anonymous Consumer
   *     may be used; {@link AuthResult.Rejected} if something was presented and is wrong. Never
   *     null
   * @throws StoreException if the store cannot answer: the request is answered with 503. Any other
   *     exception is answered with 500. In neither case does the application run
   */
  AuthResult authenticate(C config, GateRequest request, CredentialLookup credentials);
}
