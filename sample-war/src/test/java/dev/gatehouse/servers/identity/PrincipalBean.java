package dev.gatehouse.servers.identity;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.security.Principal;

/** Knows its caller. */
@RequestScoped
public class PrincipalBean {
  @Inject Principal caller;
}
