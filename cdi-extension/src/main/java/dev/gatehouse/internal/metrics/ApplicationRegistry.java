package dev.gatehouse.internal.metrics;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** A bean with the application's registry. Producers of the registry need an injection point. */
@Dependent
public class ApplicationRegistry {
  private final Instance<MetricRegistry> registries;

  @Inject
  ApplicationRegistry(Instance<MetricRegistry> registries) {
    this.registries = registries;
  }

  /**
   * Returns the registry.
   *
   * @throws IllegalStateException if there is none
   */
  public MetricRegistry get() {
    if (!registries.isResolvable()) {
      throw new IllegalStateException("there is no registry of MicroProfile Metrics");
    }
    return registries.get();
  }
}
