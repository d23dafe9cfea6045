package dev.gatehouse.servers.beans;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Sends requests to other resources than clients ask for. */
@Provider
@PreMatching
public class RewritingFilter implements ContainerRequestFilter {
  private static final String PREFIX = "rewritten/";

  @Override
  public void filter(ContainerRequestContext context) {
    String path = context.getUriInfo().getPath();
    if (path.startsWith(PREFIX)) {
      context.setRequestUri(
          context.getUriInfo().getBaseUri().resolve(path.substring(PREFIX.length())));
    }
  }
}
