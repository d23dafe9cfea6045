package dev.gatehouse.servers.app;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** Writes the caller as a REST resource and the beans below it see it. */
@Path("views")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
@PermitAll
public class ViewsResource {
  @Context HttpServletRequest request;
  @Context SecurityContext security;

  /** Returns all views. */
  @GET
  public String views() {
    Views views = new Views(request);
    views.add("rest.principal", () -> Views.name(security.getUserPrincipal()));
    views.add("rest.role", () -> String.valueOf(security.isUserInRole(Views.ROLE)));
    return views.text();
  }

  /** Returns the same, for readers alone. */
  @GET
  @Path("readers")
  @RolesAllowed(Views.ROLE)
  public String readers() {
    return views();
  }
}
