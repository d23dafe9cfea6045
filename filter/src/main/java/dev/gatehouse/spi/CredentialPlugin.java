package dev.gatehouse.spi;

import dev.gatehouse.SettingsReader;

/**
 * A way to prove who calls: a name, a configuration, and one verb.
 *
 * <p>It reads the request and answers; it never writes a response. Implementations are safe for use
 * by several threads.
 *
 * @param <C> the plugin's configuration on a Route
 */
public interface CredentialPlugin<C extends AuthConfig> {
  /** The plugin's name, as in {@code key-auth}. */
  String name();

  /** The place in the order; higher is asked first (reference section 3.0). */
  int priority();

  /**
   * The setting of a Credential that must be unique, as in {@code key}; it is named when a
   * duplicate is refused.
   */
  String attribute();

  /** Reads the settings on a Route, and reports what is wrong to the reader. */
  C configure(SettingsReader settings, Parts parts);

  /** Reads the settings of a Credential, and reports what is wrong to the reader. */
  CredentialForm enrol(SettingsReader settings, Parts parts);

  /**
   * Finds out who calls.
   *
   * @throws StoreException if the store cannot answer
   */
  AuthResult authenticate(C config, GateRequest request, CredentialLookup credentials);
}
