package dev.gatehouse.internal.security;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.engine.EarlyIdentification;
import dev.gatehouse.internal.runtime.ContainerLogin;
import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates most requests like {@link ConsumerMechanism}, without Soteria's two lookups of the
 * mechanism for each request.
 *
 * <p>Soteria receives the other requests: those to be refused before the application, and those for
 * which the application itself calls the mechanism. Thread-safe.
 *
 * @param soteria the context that calls the mechanism
 * @param container the handler that receives the caller
 */
record DirectLogin(ServerAuthContext soteria, CallbackHandler container)
    implements ServerAuthContext {
  private static final String DONE = DirectLogin.class.getName();
  private static final String MANDATORY = "jakarta.security.auth.message.MessagePolicy.isMandatory";

  /** Soteria's attribute while {@code SecurityContext.authenticate} runs. */
  private static final String BY_APPLICATION =
      "org.glassfish.soteria.security.message.request.authentication";

  private static final String[] NO_GROUPS = new String[0];

  @Override
  public AuthStatus validateRequest(MessageInfo message, Subject client, @Nullable Subject service)
      throws AuthException {
    HttpServletRequest request = (HttpServletRequest) message.getRequestMessage();
    if (!ContainerLogin.isCovered(request.getServletContext())
        || request.getAttribute(BY_APPLICATION) != null) {
      return soteria.validateRequest(message, client, service);
    }
    EarlyIdentification found = ContainerLogin.identify(request);
    if (found instanceof EarlyIdentification.Identified known) {
      Consumer consumer = known.identity().consumer();
      report(
          new CallerPrincipalCallback(client, consumer),
          groups(ContainerLogin.rolesOf(consumer, request), client));
    } else if (isMandatory(message)) {
      return soteria.validateRequest(message, client, service);
    } else {
      report(new CallerPrincipalCallback(client, (String) null));
    }
    message.getMap().put(DONE, true);
    return AuthStatus.SUCCESS;
  }

  @Override
  public AuthStatus secureResponse(MessageInfo message, @Nullable Subject service)
      throws AuthException {
    return message.getMap().containsKey(DONE)
        ? AuthStatus.SEND_SUCCESS
        : soteria.secureResponse(message, service);
  }

  @Override
  public void cleanSubject(MessageInfo message, Subject client) throws AuthException {
    soteria.cleanSubject(message, client);
  }

  private static GroupPrincipalCallback groups(Set<String> roles, Subject client) {
    return new GroupPrincipalCallback(client, roles.toArray(NO_GROUPS));
  }

  private static boolean isMandatory(MessageInfo message) {
    return Boolean.parseBoolean(String.valueOf(message.getMap().get(MANDATORY)));
  }

  private void report(Callback... callbacks) throws AuthException {
    try {
      container.handle(callbacks);
    } catch (IOException | UnsupportedCallbackException e) {
      AuthException failed = new AuthException("The container does not take the caller.");
      failed.initCause(e);
      throw failed;
    }
  }
}
