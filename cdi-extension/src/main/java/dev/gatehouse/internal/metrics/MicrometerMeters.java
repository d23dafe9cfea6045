package dev.gatehouse.internal.metrics;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/** The global registry of Micrometer, to which the application adds its registries. */
public final class MicrometerMeters implements Meters {
  /** Throws a {@link LinkageError} if Micrometer is absent. */
  public MicrometerMeters() {
    Metrics.globalRegistry.getRegistries();
  }

  @Override
  public RequestCounter counter(Map<String, String> tags) {
    Tags all = Tags.empty();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      all = all.and(Tag.of(tag.getKey(), tag.getValue()));
    }
    return Metrics.counter(REQUESTS, all)::increment;
  }

  @Override
  public DecisionTimer timer(String decision) {
    return Metrics.timer(DECISIONS, "decision", decision)::record;
  }
}
