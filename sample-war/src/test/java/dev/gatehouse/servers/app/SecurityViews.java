package dev.gatehouse.servers.app;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.security.enterprise.SecurityContext;

/** What Jakarta Security answers, where it is. */
final class SecurityViews {
  private SecurityViews() {}

  static void addTo(Views views) {
    views.add("security.principal", () -> Views.name(context().getCallerPrincipal()));
    views.add("security.role", () -> String.valueOf(context().isCallerInRole(Views.ROLE)));
  }

  private static SecurityContext context() {
    return CDI.current().select(SecurityContext.class).get();
  }
}
