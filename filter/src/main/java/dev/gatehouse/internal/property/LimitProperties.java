package dev.gatehouse.internal.property;

import dev.gatehouse.internal.request.DelayedRequests;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.SharedSlotsProvider;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The properties {@code gatehouse.limits.*}.
 *
 * @param maxKeys {@code max-keys}: the maximum number of counters
 * @param maxWaiting {@code max-waiting}: the maximum number of delayed requests
 * @param backend {@code backend}: the engine of the cluster, or {@code none}
 * @param namespace {@code namespace}: the namespace of shared counters; empty means the context
 *     path
 * @param timeout {@code timeout}: the longest wait of a request for the engine, in milliseconds
 */
public record LimitProperties(
    long maxKeys, int maxWaiting, String backend, Optional<String> namespace, Duration timeout) {
  private static final String NONE = "none";
  private static final long MAX_KEYS = 100_000_000;
  private static final long MAX_WAITING = 100_000;
  private static final long MAX_TIMEOUT = 60_000;
  private static final long DEFAULT_TIMEOUT = 50;

  /** Reads the properties. */
  static LimitProperties read(PropertyReader values, List<SharedSlotsProvider> engines) {
    List<String> backends = new ArrayList<>(List.of(NONE));
    engines.forEach(engine -> backends.add(engine.name()));
    return new LimitProperties(
        values.whole("gatehouse.limits.max-keys", 1, MAX_KEYS).orElse(Stores.DEFAULT_KEYS),
        values
            .whole("gatehouse.limits.max-waiting", 0, MAX_WAITING)
            .map(Math::toIntExact)
            .orElse(DelayedRequests.DEFAULT),
        values.choice("gatehouse.limits.backend", backends),
        values.text("gatehouse.limits.namespace"),
        Duration.ofMillis(
            values.whole("gatehouse.limits.timeout", 1, MAX_TIMEOUT).orElse(DEFAULT_TIMEOUT)));
  }

  /** Returns the available engines: those of Gatehouse and of other jars. */
  public static List<SharedSlotsProvider> engines(ClassLoader loader) {
    List<SharedSlotsProvider> engines = new ArrayList<>(Stores.engines());
    ServiceLoader.load(SharedSlotsProvider.class, loader).forEach(engines::add);
    return engines;
  }

  /**
   * Returns the namespace of an application.
   *
   * @param path the application's context path
   */
  public String namespace(String path) {
    return namespace.orElse(path.isEmpty() ? "/" : path);
  }

  /**
   * Joins the cluster, if an engine is configured without problems.
   *
   * @param path the application's context path
   */
  public Optional<ManagedCluster> join(
      List<SharedSlotsProvider> engines, String path, Engine engine, ConfigProblems mistakes) {
    String shared = namespace(path);
    return engines.stream()
        .filter(each -> each.name().equals(backend))
        .findFirst()
        .flatMap(each -> each.open(engine.lookup(), mistakes))
        .map(
            slots ->
                Stores.join(
                    slots,
                    new Stores.Sharing(shared, timeout, maxKeys),
                    engine.ticker(),
                    namespace.isPresent() ? "" : engine.application()));
  }

  /**
   * The parameters of an engine.
   *
   * @param lookup the lookup of properties
   * @param ticker a monotonic clock
   * @param application distinguishes applications with the same context path
   */
  public record Engine(PropertyLookup lookup, InstantSource ticker, String application) {}
}
