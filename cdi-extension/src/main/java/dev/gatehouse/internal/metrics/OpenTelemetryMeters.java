package dev.gatehouse.internal.metrics;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.Map;

/** OpenTelemetry's global meter; decisions are attributes of the current span too. */
public final class OpenTelemetryMeters implements Meters {
  private static final double NANOS = 1e9;

  private final LongCounter requests;
  private final DoubleHistogram decisions;

  /** Fails with a LinkageError where OpenTelemetry is not. */
  public OpenTelemetryMeters() {
    Meter meter = GlobalOpenTelemetry.getMeter("dev.gatehouse");
    requests = meter.counterBuilder(REQUESTS).setDescription("Requests by decision").build();
    decisions =
        meter.histogramBuilder(DECISIONS).setUnit("s").setDescription("Time to decide").build();
  }

  @Override
  public void count(Map<String, String> tags) {
    AttributesBuilder attributes = Attributes.builder();
    Span span = Span.current();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      attributes.put(tag.getKey(), tag.getValue());
      span.setAttribute("gatehouse." + tag.getKey(), tag.getValue());
    }
    requests.add(1, attributes.build());
  }

  @Override
  public void time(String decision, Duration took) {
    decisions.record(
        took.toNanos() / NANOS, Attributes.builder().put("decision", decision).build());
  }
}
