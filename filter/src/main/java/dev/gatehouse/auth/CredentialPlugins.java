package dev.gatehouse.auth;

import dev.gatehouse.spi.CredentialPlugin;
import java.util.List;

/** The catalogue of the credential plugins that come with Gatehouse. */
public final class CredentialPlugins {
  private CredentialPlugins() {}

  /** All of them, each safe for use by several threads. */
  public static List<CredentialPlugin<?>> builtIn() {
    return List.of(new KeyAuth(), new HmacAuth());
  }
}
