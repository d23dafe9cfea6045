package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.GateRequest;

/** A credential plugin with its configuration on one Route. */
record AuthStep<C extends AuthConfig>(CredentialPlugin<C> plugin, C config) {
  AuthResult run(GateRequest request, CredentialLookup credentials) {
    return plugin.authenticate(config, request, credentials);
  }

  @Override
  public String toString() {
    return config.toString();
  }
}
