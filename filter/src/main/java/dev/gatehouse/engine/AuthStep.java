package dev.gatehouse.engine;

import dev.gatehouse.spi.AuthConfig;
import dev.gatehouse.spi.AuthResult;
import dev.gatehouse.spi.CredentialLookup;
import dev.gatehouse.spi.CredentialPlugin;
import dev.gatehouse.spi.GateRequest;

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
