package dev.gatehouse.internal.metrics;

import dev.gatehouse.internal.injection.ApplicationBeans;
import java.util.Map;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The application's registry of MicroProfile Metrics. */
public final class MicroProfileMeters implements Meters {
  private final MetricRegistry registry;

  /**
   * Throws a {@link LinkageError} if MicroProfile Metrics is absent.
   *
   * @throws IllegalStateException if CDI does not run, or has no registry
   */
  public MicroProfileMeters() {
    registry =
        ApplicationBeans.find()
            .orElseThrow(() -> new IllegalStateException("CDI does not run"))
            .createInstance()
            .select(ApplicationRegistry.class)
            .get()
            .get();
  }

  @Override
  public RequestCounter counter(Map<String, String> tags) {
    Tag[] all =
        tags.entrySet().stream()
            .map(tag -> new Tag(tag.getKey(), tag.getValue()))
            .toArray(Tag[]::new);
    return registry.counter(REQUESTS, all)::inc;
  }

  @Override
  public DecisionTimer timer(String decision) {
    return registry.timer(DECISIONS, new Tag("decision", decision))::update;
  }
}
