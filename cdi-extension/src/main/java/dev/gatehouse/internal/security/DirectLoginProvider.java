package dev.gatehouse.internal.security;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ClientAuthConfig;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import org.jspecify.annotations.Nullable;

/**
 * A provider that adds {@link DirectLogin} to the provider of Soteria.
 *
 * @param soteria the provider that Soteria has registered
 */
record DirectLoginProvider(AuthConfigProvider soteria) implements AuthConfigProvider {
  /** Returns whether direct logins are tested with a provider, which is Payara's. */
  static boolean fits(@Nullable AuthConfigProvider provider) {
    return provider != null && provider.getClass().getName().startsWith("com.sun.jaspic.");
  }

  @Override
  public ClientAuthConfig getClientAuthConfig(
      String layer, String application, @Nullable CallbackHandler handler) throws AuthException {
    return soteria.getClientAuthConfig(layer, application, handler);
  }

  @Override
  public ServerAuthConfig getServerAuthConfig(
      String layer, String application, @Nullable CallbackHandler handler) throws AuthException {
    ServerAuthConfig config = soteria.getServerAuthConfig(layer, application, handler);
    return handler == null ? config : new Config(config, handler);
  }

  @Override
  public void refresh() {
    soteria.refresh();
  }

  /** The configuration of one application. */
  private record Config(ServerAuthConfig soteria, CallbackHandler container)
      implements ServerAuthConfig {
    @Override
    public @Nullable ServerAuthContext getAuthContext(
        String id, @Nullable Subject service, @Nullable Map<String, Object> properties)
        throws AuthException {
      ServerAuthContext context = soteria.getAuthContext(id, service, properties);
      return context == null ? null : new DirectLogin(context, container);
    }

    @Override
    public String getMessageLayer() {
      return soteria.getMessageLayer();
    }

    @Override
    public String getAppContext() {
      return soteria.getAppContext();
    }

    @Override
    public String getAuthContextID(MessageInfo message) {
      return soteria.getAuthContextID(message);
    }

    @Override
    public void refresh() {
      soteria.refresh();
    }

    @Override
    public boolean isProtected() {
      return soteria.isProtected();
    }
  }
}
