package dev.gatehouse.internal.rest;

import dev.gatehouse.internal.endpoint.EndpointPlugins;
import dev.gatehouse.internal.endpoint.GuardedMethods;
import dev.gatehouse.internal.runtime.Endpoints;
import dev.gatehouse.spi.plugin.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * Runs the plugins of the matched resource method.
 *
 * <p>Safe for use by several threads: the injected fields are proxies of the thread's request.
 */
public final class EndpointFilter implements ContainerRequestFilter {
  private final GuardedMethods methods = new GuardedMethods();

  @Context private @Nullable HttpServletRequest request;
  @Context private @Nullable ResourceInfo resource;

  /** For the REST implementation. */
  public EndpointFilter() {}

  @Override
  public void filter(ContainerRequestContext context) {
    HttpServletRequest served = request;
    ResourceInfo chosen = resource;
    if (served == null || chosen == null) {
      throw new IllegalStateException("REST runs without a servlet container here");
    }
    EndpointPlugins plugins = methods.of(chosen.getResourceClass(), chosen.getResourceMethod());
    try {
      Endpoints.of(served.getServletContext())
          .admit(plugins.place(), plugins.settings(), served)
          .ifPresent(context::setEntityStream);
    } catch (RefusedException e) {
      context.abortWith(Refusals.response(served, e));
    }
  }
}
