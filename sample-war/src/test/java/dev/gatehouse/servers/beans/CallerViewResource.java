package dev.gatehouse.servers.beans;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource with the request. */
@Path("seen")
@RequestScoped
public class CallerViewResource {
  @Inject HttpServletRequest request;

  /** Returns what it shows. */
  @GET
  public String read() {
    return CallerView.by(request);
  }
}
