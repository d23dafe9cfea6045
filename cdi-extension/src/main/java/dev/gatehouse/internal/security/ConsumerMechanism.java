package dev.gatehouse.internal.security;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.engine.EarlyIdentification;
import dev.gatehouse.internal.engine.EarlyIdentification.Identified;
import dev.gatehouse.internal.engine.EarlyIdentification.NotAsked;
import dev.gatehouse.internal.engine.EarlyIdentification.Refused;
import dev.gatehouse.internal.runtime.ContainerLogin;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The authentication mechanism that reports Consumers to Jakarta Security.
 *
 * <p>It is an alternative, so that the application may have another mechanism, which receives all
 * requests without a credential for Gatehouse. If the container lets a request pass, the filter
 * writes the refusal. Thread-safe.
 */
@ApplicationScoped
@Alternative
@Priority(ConsumerMechanism.PRIORITY)
public class ConsumerMechanism implements HttpAuthenticationMechanism {
  /** Above {@code PLATFORM_AFTER}, so that ours comes before an alternative of the application. */
  static final int PRIORITY = 100_000;

  private static final System.Logger LOG = System.getLogger("dev.gatehouse.security");

  private final AtomicBoolean warned = new AtomicBoolean();
  private final ApplicationMechanism own = new ApplicationMechanism();

  /** For CDI. */
  public ConsumerMechanism() {}

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    if (!ContainerLogin.isCovered(request.getServletContext())) {
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      return AuthenticationStatus.SEND_FAILURE;
    }
    EarlyIdentification found = ContainerLogin.identify(request);
    if (found instanceof Identified known) {
      return logIn(known.identity().consumer(), request, context);
    }
    boolean refused = !(found instanceof NotAsked);
    boolean presented = found instanceof Refused no ? no.refusal().presented() : refused;
    Optional<HttpAuthenticationMechanism> other = presented ? Optional.empty() : own.get();
    if (other.isPresent()) {
      return other.get().validateRequest(request, response, context);
    }
    return refused && context.isProtected() ? refuse(request, response) : noCaller(context);
  }

  /** For a protected path, {@code doNothing} alone would lead to an empty response with 200. */
  private static AuthenticationStatus noCaller(HttpMessageContext context) {
    return context.isProtected() ? context.responseUnauthorized() : context.doNothing();
  }

  /**
   * Reports the Consumer to the container. If the container accepts only callers of its own realms,
   * it throws an exception. The request then continues without a caller: the container refuses
   * protected paths, and the filter decides the others.
   */
  private AuthenticationStatus logIn(
      Consumer consumer, HttpServletRequest request, HttpMessageContext context) {
    try {
      return context.notifyContainerAboutLogin(consumer, ContainerLogin.rolesOf(consumer, request));
    } catch (IllegalStateException refused) {
      if (warned.compareAndSet(false, true)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "The container's security takes no Consumers: security constraints, @RolesAllowed and"
                + " SecurityContext do not know them. On WildFly, set integrated-jaspi=false at the"
                + " application-security-domain, or gatehouse.container-identity=false.",
            refused);
      }
      return noCaller(context);
    }
  }

  @Override
  public AuthenticationStatus secureResponse(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    Optional<HttpAuthenticationMechanism> other = own.get();
    return other.isPresent()
        ? other.get().secureResponse(request, response, context)
        : AuthenticationStatus.SUCCESS;
  }

  @Override
  public void cleanSubject(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    own.get()
        .ifPresentOrElse(
            other -> other.cleanSubject(request, response, context), context::cleanClientSubject);
  }

  private static AuthenticationStatus refuse(
      HttpServletRequest request, HttpServletResponse response) throws AuthenticationException {
    try {
      ContainerLogin.refuse(request, response);
      return AuthenticationStatus.SEND_FAILURE;
    } catch (IOException e) {
      throw new AuthenticationException("The refusal could not be written.", e);
    }
  }
}
