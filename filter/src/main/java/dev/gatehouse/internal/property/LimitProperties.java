package dev.gatehouse.internal.property;

import dev.gatehouse.internal.limit.cluster.ManagedCluster;
import dev.gatehouse.internal.request.DelayedRequests;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.limit.SharedSlotsProvider;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * How requests are counted: the settings {@code gatehouse.limits.*}.
 *
 * @param maxKeys {@code max-keys}: how many counters are kept
 * @param maxWaiting {@code max-waiting}: how many requests may wait
 * @param backend {@code backend}: the engine through which nodes count together, or {@code none}
 * @param namespace {@code namespace}: whose counters are shared; empty means the context path
 * @param timeout {@code timeout}: how long a request waits for the engine, in milliseconds
 */
public record LimitProperties(
    long maxKeys, int maxWaiting, String backend, Optional<String> namespace, Duration timeout) {
  private static final String NONE = "none";
  private static final long MAX_KEYS = 100_000_000;
  private static final long MAX_WAITING = 100_000;
  private static final long MAX_TIMEOUT = 60_000;
  private static final long DEFAULT_TIMEOUT = 50;

  /** Reads the settings. */
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

  /** The engines that may be named: those of Gatehouse, and those of other jars. */
  public static List<SharedSlotsProvider> engines(ClassLoader loader) {
    List<SharedSlotsProvider> engines = new ArrayList<>(Stores.engines());
    ServiceLoader.load(SharedSlotsProvider.class, loader).forEach(engines::add);
    return engines;
  }

  /**
   * The namespace of an application.
   *
   * @param path the application's context path
   */
  public String namespace(String path) {
    return namespace.orElse(path.isEmpty() ? "/" : path);
  }

  /**
   * Joins the nodes that count together, if an engine is named and its settings are right.
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
   * What an engine is opened with.
   *
   * @param lookup looks up its settings
   * @param ticker a clock whose milliseconds never go back
   * @param application tells applications of one context path apart
   */
  public record Engine(PropertyLookup lookup, InstantSource ticker, String application) {}
}
