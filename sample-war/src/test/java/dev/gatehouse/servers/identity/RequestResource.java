package dev.gatehouse.servers.identity;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** Asks the request only. */
@Path("caller")
@RequestScoped
@PermitAll
@SuppressWarnings("NullAway.Init")
public class RequestResource {
  @Context SecurityContext security;

  /** Says who calls. */
  @GET
  public String caller() {
    return security.getUserPrincipal().getName() + ' ' + security.isUserInRole("reader");
  }
}
