package dev.gatehouse.metrics;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.metrics.BoundedTagValues;
import dev.gatehouse.internal.metrics.DecisionTags;
import dev.gatehouse.internal.metrics.Meters;
import dev.gatehouse.internal.metrics.MicroProfileMeters;
import dev.gatehouse.internal.metrics.MicrometerMeters;
import dev.gatehouse.internal.metrics.OpenTelemetryMeters;
import dev.gatehouse.spi.event.GateListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests by decision, Route, plugin, status and reason, and times decisions.
 *
 * <p>The libraries are found at the first decision, when the application runs. At most {@code
 * gatehouse.metrics.consumers} Consumers have tags of their own. Thread-safe.
 */
public final class DecisionMetrics implements GateListener {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.metrics");
  private static final String NONE = DecisionTags.NONE;

  /** The number of cached counters. Other counters are looked up at each request. */
  private static final int MAX_COUNTERS = 10_000;

  private static final int MAX_REASONS = 100;
  private static final int MAX_ROUTES = 1_000;

  private final BoundedTagValues reasons = new BoundedTagValues(MAX_REASONS);
  private final BoundedTagValues routes = new BoundedTagValues(MAX_ROUTES);
  private final Map<DecisionTags, List<Meters.RequestCounter>> counters = new ConcurrentHashMap<>();
  private final Map<String, List<Meters.DecisionTimer>> timers = new ConcurrentHashMap<>();
  private volatile @Nullable BoundedTagValues consumers;
  private volatile @Nullable List<Meters> found;

  /** For {@link java.util.ServiceLoader}. */
  public DecisionMetrics() {}

  @Override
  public void taggedConsumers(int max) {
    consumers = max == 0 ? null : new BoundedTagValues(max);
  }

  @Override
  public void admitted(String route, @Nullable Consumer consumer, @Nullable Credential credential) {
    if (!meters().isEmpty()) {
      String plugin = credential == null ? NONE : credential.plugin();
      count(new DecisionTags("admitted", route(route), plugin, 0, NONE, consumer(consumer)));
    }
  }

  @Override
  public void refused(String route, String plugin, int status, String reason) {
    count(
        new DecisionTags(
            "refused", route(route), plugin, status, reasons.of(reason), consumer(null)));
  }

  @Override
  public void failed(Throwable cause) {
    String reason = reasons.of(cause.getClass().getSimpleName());
    count(new DecisionTags("failed", NONE, NONE, 0, reason, consumer(null)));
  }

  @Override
  public void decided(String decision, Duration took) {
    List<Meters.DecisionTimer> known = timers.get(decision);
    if (known == null) {
      known = meters().stream().map(each -> each.timer(decision)).toList();
      timers.put(decision, known);
    }
    for (Meters.DecisionTimer each : known) {
      each.record(took);
    }
  }

  private String route(String route) {
    return route.isEmpty() ? NONE : routes.of(route);
  }

  private @Nullable String consumer(@Nullable Consumer consumer) {
    BoundedTagValues names = consumers;
    if (names == null) {
      return null;
    }
    return consumer == null ? NONE : names.of(consumer.username());
  }

  private void count(DecisionTags tags) {
    List<Meters.RequestCounter> known = counters.get(tags);
    if (known == null) {
      known = meters().stream().map(each -> each.counter(tags.toMap())).toList();
      if (counters.size() < MAX_COUNTERS) {
        counters.put(tags, known);
      }
    }
    for (Meters.RequestCounter each : known) {
      each.increment();
    }
  }

  private List<Meters> meters() {
    List<Meters> known = found;
    if (known == null) {
      known = new ArrayList<>();
      addIfPresent(known, MicrometerMeters::new);
      addIfPresent(known, OpenTelemetryMeters::new);
      addIfPresent(known, MicroProfileMeters::new);
      found = List.copyOf(known);
    }
    return known;
  }

  private static void addIfPresent(List<Meters> meters, Supplier<Meters> library) {
    try {
      meters.add(library.get());
    } catch (LinkageError | RuntimeException absent) {
      LOG.log(System.Logger.Level.DEBUG, "a library of metrics is absent", absent);
    }
  }
}
