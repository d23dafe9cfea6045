package dev.gatehouse.internal.auth;

import dev.gatehouse.internal.auth.hmac.HmacAuth;
import dev.gatehouse.internal.auth.jwt.JwtAuth;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import java.util.ArrayList;
import java.util.List;

/** The catalogue of the credential plugins that come with Gatehouse. */
public final class CredentialPlugins {
  private CredentialPlugins() {}

  /** All of them, each safe for use by several threads. */
  public static List<CredentialPlugin<?>> builtIn() {
    List<CredentialPlugin<?>> plugins = new ArrayList<>(alone());
    plugins.add(new MultiAuth(plugins));
    return List.copyOf(plugins);
  }

  /** Those that find out by themselves who calls. */
  private static List<CredentialPlugin<?>> alone() {
    return List.of(new HmacAuth(), new BasicAuth(), new JwtAuth(), new KeyAuth());
  }
}
