package dev.gatehouse.internal.rest;

import dev.gatehouse.internal.endpoint.EndpointPlugins;
import dev.gatehouse.internal.endpoint.GuardedMethods;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Binds a filter to every annotated resource method, so that it applies to each path of the method.
 *
 * <p>Registered as a service (Jakarta REST 3.1, section 4.1.2).
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
