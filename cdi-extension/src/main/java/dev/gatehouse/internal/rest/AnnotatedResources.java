package dev.gatehouse.internal.rest;

import dev.gatehouse.internal.endpoint.EndpointPlugins;
import dev.gatehouse.internal.endpoint.GuardedMethods;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Gives every annotated resource method a filter that is bound to this method, so that it holds
 * whatever path the router found it by.
 *
 * <p>A REST implementation finds it as a service (Jakarta REST 3.1, section 4.1.2).
 */
@Provider
public final class AnnotatedResources implements DynamicFeature {
  /** For the REST implementation. */
  public AnnotatedResources() {}

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    if (!GuardedMethods.isRoot(resource.getResourceClass())) {
      context.register(LocatorFilter.class, Priorities.AUTHENTICATION);
    }
    EndpointPlugins plugins =
        EndpointPlugins.of(resource.getResourceClass(), resource.getResourceMethod());
    if (!plugins.isEmpty()) {
      context.register(EndpointFilter.class, Priorities.AUTHENTICATION);
    }
  }
}
