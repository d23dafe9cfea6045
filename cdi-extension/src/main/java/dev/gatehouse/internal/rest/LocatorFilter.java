package dev.gatehouse.internal.rest;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.endpoint.GuardedMethods;
import dev.gatehouse.settings.ConfigProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.List;

/**
 * Refuses calls of a sub-resource behind an annotated locator whose annotations are not enforced.
 *
 * <p>Safe for use by several threads.
 */
public final class LocatorFilter implements ContainerRequestFilter {
  private final GuardedMethods methods = new GuardedMethods();

  /** For the REST implementation. */
  public LocatorFilter() {}

  @Override
  public void filter(ContainerRequestContext context) {
    List<Object> resources = context.getUriInfo().getMatchedResources();
    for (Object parent : resources.subList(Math.min(1, resources.size()), resources.size())) {
      List<ConfigProblem> unguarded = methods.unguardedLocators(withoutProxy(parent.getClass()));
      if (!unguarded.isEmpty()) {
        throw new IllegalStateException(new ConfigException(unguarded).getMessage());
      }
    }
  }

  /** Returns the class of a bean without the container's proxy. */
  private static Class<?> withoutProxy(Class<?> type) {
    Class<?> superclass = type.getSuperclass();
    return superclass != null && type.getName().contains("$$") ? withoutProxy(superclass) : type;
  }
}
