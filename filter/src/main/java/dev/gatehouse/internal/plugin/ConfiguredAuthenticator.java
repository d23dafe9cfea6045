package dev.gatehouse.internal.plugin;

import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.GateRequest;

/** A credential plugin with its configuration on a Route. */
public record ConfiguredAuthenticator<C extends AuthConfig>(CredentialPlugin<C> plugin, C config) {
  public AuthResult authenticate(GateRequest request, CredentialLookup credentials) {
    return plugin.authenticate(config, request, credentials);
  }

  /** Returns the plugin's name. */
  public String name() {
    return plugin.name();
  }

  @Override
  public String toString() {
    return config.toString();
  }
}
