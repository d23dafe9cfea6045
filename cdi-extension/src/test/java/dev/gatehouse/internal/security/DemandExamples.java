package dev.gatehouse.internal.security;

import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.annotation.security.RunAs;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Classes that ask the container for the caller, each in another way, and some that do not. */
// Only the bytecode is read; no method runs.
@SuppressWarnings({"unused", "NullAway", "BanJNDI"})
final class DemandExamples {
  private DemandExamples() {}

  @RolesAllowed("a")
  static final class RolesOfClass {}

  static final class RolesOfMethod {
    @RolesAllowed("a")
    void method() {}
  }

  @DeclareRoles("a")
  static final class DeclaresRoles {}

  @DenyAll
  static final class DeniesAll {}

  @RunAs("a")
  static final class RunsAs {}

  @ServletSecurity(@HttpConstraint(rolesAllowed = "a"))
  static final class SecureServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
  }

  static final class RolesByCode {
    void start(ServletContext context) {
      context.declareRoles("a");
    }
  }

  static final class ConstraintByCode {
    void start(ServletRegistration.Dynamic servlet) {
      servlet.setServletSecurity(new ServletSecurityElement(new HttpConstraintElement()));
    }
  }

  static final class InjectedContext {
    @Inject SecurityContext context;
  }

  static final class InstanceOfContext {
    @Inject Instance<SecurityContext> contexts;
  }

  static final class InjectedPrincipal {
    @Inject Principal caller;
  }

  static final class InstanceOfPrincipal {
    @Inject Instance<Principal> callers;
  }

  static final class PrincipalOfConstructor {
    @Inject
    PrincipalOfConstructor(String other, Principal caller) {}
  }

  static final class PrincipalOfProducer {
    @Produces
    String name(Principal caller) {
      return caller.getName();
    }
  }

  static final class SelectedPrincipal {
    String caller() {
      return CDI.current().select(Principal.class).get().getName();
    }
  }

  static final class Authenticating {
    boolean login(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      return request.authenticate(response);
    }
  }

  static final class RequestListener implements ServletRequestListener {
    @Override
    public void requestDestroyed(ServletRequestEvent event) {
      ((HttpServletRequest) event.getServletRequest()).getRemoteUser();
    }
  }

  static final class GlobalName {
    Object bean() throws NamingException {
      return InitialContext.doLookup("java:global/orders/Orders");
    }
  }

  @PermitAll
  static final class PermitsAll {}

  static final class RequestsPrincipal {
    @Inject HttpServletRequest request;

    String caller() {
      return name(request.getUserPrincipal()) + request.isUserInRole("a");
    }

    private static String name(Principal caller) {
      return caller.getName();
    }
  }
}
