package dev.gatehouse.servers.identity;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** For readers alone. */
@Path("readers")
@RequestScoped
public class ReadersResource {
  /** Answers readers. */
  @GET
  @RolesAllowed("reader")
  public String readers() {
    return "protected";
  }
}
