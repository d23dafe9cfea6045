package dev.gatehouse.internal.request;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.runtime.DeclaredRoles;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A request whose user is the Consumer (Servlet specification, section 13.3). */
final class IdentifiedRequest extends HttpServletRequestWrapper {
  private static final String ANY = "*";
  private static final String AUTHENTICATED = "**";

  private final ApplicationScope scope;
  private final BiPredicate<Consumer, String> roles;

  IdentifiedRequest(
      HttpServletRequest request, ApplicationScope scope, BiPredicate<Consumer, String> roles) {
    super(request);
    this.scope = scope;
    this.roles = roles;
  }

  private Admission admission() {
    return scope.isLoggedOut() ? Admission.NONE : scope.visibleTo(getRequest());
  }

  /**
   * Returns the container's object if it knows the Consumer, because another object has no roles.
   */
  @Override
  public @Nullable Principal getUserPrincipal() {
    Consumer consumer = admission().consumer();
    Principal known = super.getUserPrincipal();
    boolean same =
        known instanceof Consumer other
            && consumer != null
            && other.username().equals(consumer.username());
    return consumer == null || same ? known : consumer;
  }

  @Override
  public @Nullable String getRemoteUser() {
    Consumer consumer = admission().consumer();
    return consumer == null ? super.getRemoteUser() : consumer.username();
  }

  @Override
  public @Nullable String getAuthType() {
    Credential credential = admission().credential();
    return credential == null ? super.getAuthType() : credential.plugin();
  }

  /** A name of a {@code <security-role-ref>} means the linked role. */
  @Override
  public boolean isUserInRole(@Nullable String role) {
    Admission admission = admission();
    Consumer consumer = admission.consumer();
    if (consumer == null) {
      return super.isUserInRole(role);
    }
    if (role == null || role.equals(ANY)) {
      return false;
    }
    DeclaredRoles declared = DeclaredRoles.of(getServletContext());
    if (role.equals(AUTHENTICATED) && !declared.names().contains(role)) {
      return admission.credential() != null;
    }
    return roles.test(consumer, declared.link(getHttpServletMapping().getServletName(), role));
  }

  @Override
  public void logout() throws ServletException {
    super.logout();
    scope.logOut();
  }
}
