package dev.gatehouse.servers.mpjwt;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** Writes the subject of a token. */
@Path("mine")
@RequestScoped
public class TokenResource {
  @Context SecurityContext security;

  /** For readers alone. */
  @GET
  @RolesAllowed("reader")
  public String get() {
    return "protected " + security.getUserPrincipal().getName();
  }
}
