package dev.gatehouse.servers.identity;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;

/** Knows its caller. */
@RequestScoped
public class ContextBean {
  @Inject SecurityContext context;
}
