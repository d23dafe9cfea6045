package dev.gatehouse.servers.annotated;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Inherits everything but its path, and has bridge methods. */
@Path("partner")
@ApplicationScoped
public class PartnerResource implements PartnerApi<String> {
  @Context HttpServletRequest request;

  @Override
  public String list() {
    return CallerText.by(request, request.getUserPrincipal());
  }

  @Override
  public String put(String item) {
    return list() + ' ' + item;
  }
}
