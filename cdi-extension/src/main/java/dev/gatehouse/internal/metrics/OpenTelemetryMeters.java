package dev.gatehouse.internal.metrics;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import java.util.Map;

/** The global meter of OpenTelemetry. Decisions are also attributes of the current span. */
public final class OpenTelemetryMeters implements Meters {
  private static final double NANOS = 1e9;

  private final LongCounter requests;
  private final DoubleHistogram decisions;

  /** Throws a {@link LinkageError} if OpenTelemetry is absent. */
  public OpenTelemetryMeters() {
    Meter meter = GlobalOpenTelemetry.getMeter("dev.gatehouse");
    requests = meter.counterBuilder(REQUESTS).setDescription("Requests by decision").build();
    decisions =
        meter.histogramBuilder(DECISIONS).setUnit("s").setDescription("Time to decide").build();
  }

  @Override
  public RequestCounter counter(Map<String, String> tags) {
    AttributesBuilder ofCounter = Attributes.builder();
    AttributesBuilder ofSpan = Attributes.builder();
    tags.forEach(
        (name, value) -> {
          ofCounter.put(name, value);
          ofSpan.put("gatehouse." + name, value);
        });
    Attributes counted = ofCounter.build();
    Attributes spanned = ofSpan.build();
    return () -> {
      Span.current().setAllAttributes(spanned);
      requests.add(1, counted);
    };
  }

  @Override
  public DecisionTimer timer(String decision) {
    Attributes attributes = Attributes.builder().put("decision", decision).build();
    return took -> decisions.record(took.toNanos() / NANOS, attributes);
  }
}
