package dev.gatehouse.metrics;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.metrics.BoundedTagValues;
import dev.gatehouse.internal.metrics.Meters;
import dev.gatehouse.internal.metrics.MicroProfileMeters;
import dev.gatehouse.internal.metrics.MicrometerMeters;
import dev.gatehouse.internal.metrics.OpenTelemetryMeters;
import dev.gatehouse.spi.event.GateListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests by decision, Route, plugin, status and reason, and times decisions.
 *
 * <p>The libraries are looked for at the first decision, when the application runs. Consumers are
 * told apart only as far as {@code gatehouse.metrics.consumers} allows. Safe for use by several
 * threads.
 */
public final class DecisionMetrics implements GateListener {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.metrics");
  private static final String NONE = "none";
  private static final int MAX_REASONS = 100;
  private static final int MAX_ROUTES = 1_000;

  private final BoundedTagValues reasons = new BoundedTagValues(MAX_REASONS);
  private final BoundedTagValues routes = new BoundedTagValues(MAX_ROUTES);
  private volatile @Nullable BoundedTagValues consumers;
  private volatile @Nullable List<Meters> found;

  /** For {@link java.util.ServiceLoader}. */
  public DecisionMetrics() {}

  @Override
  public void taggedConsumers(int most) {
    consumers = most == 0 ? null : new BoundedTagValues(most);
  }

  @Override
  public void admitted(String route, @Nullable Consumer consumer, @Nullable Credential credential) {
    if (meters().isEmpty()) {
      return;
    }
    Map<String, String> tags = tags("admitted", route);
    tags.put("plugin", credential == null ? NONE : credential.plugin());
    BoundedTagValues names = consumers;
    if (names != null && consumer != null) {
      tags.put("consumer", names.of(consumer.username()));
    }
    count(tags);
  }

  @Override
  public void refused(String route, String plugin, int status, String reason) {
    Map<String, String> tags = tags("refused", route);
    tags.put("plugin", plugin);
    tags.put("status", String.valueOf(status));
    tags.put("reason", reasons.of(reason));
    count(tags);
  }

  @Override
  public void failed(Throwable cause) {
    Map<String, String> tags = tags("failed", "");
    tags.put("reason", reasons.of(cause.getClass().getSimpleName()));
    count(tags);
  }

  @Override
  public void decided(String decision, Duration took) {
    meters().forEach(each -> each.time(decision, took));
  }

  /** Prometheus takes a series only with the names of tags that the first one had. */
  private Map<String, String> tags(String decision, String route) {
    Map<String, String> tags = new TreeMap<>();
    List.of("plugin", "status", "reason").forEach(tag -> tags.put(tag, NONE));
    if (consumers != null) {
      tags.put("consumer", NONE);
    }
    tags.put("decision", decision);
    tags.put("route", route.isEmpty() ? NONE : routes.of(route));
    return tags;
  }

  private void count(Map<String, String> tags) {
    meters().forEach(each -> each.count(tags));
  }

  private List<Meters> meters() {
    List<Meters> known = found;
    if (known == null) {
      known = new ArrayList<>();
      addIfThere(known, MicrometerMeters::new);
      addIfThere(known, OpenTelemetryMeters::new);
      addIfThere(known, MicroProfileMeters::new);
      found = List.copyOf(known);
    }
    return known;
  }

  private static void addIfThere(List<Meters> meters, Supplier<Meters> library) {
    try {
      meters.add(library.get());
    } catch (LinkageError | RuntimeException absent) {
      LOG.log(System.Logger.Level.DEBUG, "a library of metrics is not there", absent);
    }
  }
}
