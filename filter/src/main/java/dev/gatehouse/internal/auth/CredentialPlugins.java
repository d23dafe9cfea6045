package dev.gatehouse.internal.auth;

import dev.gatehouse.internal.auth.hmac.HmacAuth;
import dev.gatehouse.internal.auth.jwt.JwtAuth;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import java.util.ArrayList;
import java.util.List;

/** The credential plugins of Gatehouse. */
public final class CredentialPlugins {
  private CredentialPlugins() {}

  /** Returns all credential plugins. Each is safe for use by several threads. */
  public static List<CredentialPlugin<?>> builtIn() {
    List<CredentialPlugin<?>> plugins = new ArrayList<>(alone());
    plugins.add(new MultiAuth(plugins));
    return List.copyOf(plugins);
  }

  /** Returns the plugins that identify a caller without the help of another plugin. */
  private static List<CredentialPlugin<?>> alone() {
    return List.of(new HmacAuth(), new BasicAuth(), new JwtAuth(), new KeyAuth());
  }
}
