package dev.gatehouse.servers.app;

import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** An enterprise bean that returns its caller. */
@Stateless
@DeclareRoles(Views.ROLE)
@PermitAll
public class CallerBean {
  @Resource SessionContext context;

  /** Returns the caller's name. */
  public String caller() {
    return context.getCallerPrincipal().getName();
  }

  /** Returns whether the caller is a reader. */
  public boolean isReader() {
    return context.isCallerInRole(Views.ROLE);
  }

  /** Answers readers alone. */
  @RolesAllowed(Views.ROLE)
  public boolean forReaders() {
    return true;
  }
}
