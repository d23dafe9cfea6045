package dev.gatehouse.internal.injection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.security.Principal;

/** The principal that the application offers itself, as a full server does. */
@ApplicationScoped
class ApplicationPrincipal {
  @Produces
  Principal principal() {
    return () -> "the application's own";
  }
}
