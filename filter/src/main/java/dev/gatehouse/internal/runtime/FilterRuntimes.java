package dev.gatehouse.internal.runtime;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runtimes of an application: those of its filters and of the endpoints behind them.
 *
 * <p>Filters and endpoints must be added by one thread at a time. Queries are safe for use by
 * several threads.
 */
final class FilterRuntimes {
  private final ServletContext context;
  private final List<ContainerFilterRuntime> filters = new CopyOnWriteArrayList<>();
  private final Map<String, ContainerFilterRuntime> endpoints = new ConcurrentHashMap<>();
  private volatile boolean expectsEndpoints;
  private volatile Map<ContainerFilterRuntime, FilterRuntime> inForce = Map.of();
  private volatile @Nullable List<Covered> covered;

  /**
   * A filter and the requests that it covers.
   *
   * @param filter the source of its runtime
   */
  private record Covered(ContainerFilterRuntime filter, FilterCoverage coverage) {}

  FilterRuntimes(ServletContext context) {
    this.context = context;
  }

  void add(ContainerFilterRuntime filter) {
    filters.add(filter);
    covered = null;
    show(Map.of(filter, filter.site()));
  }

  /** Removes a filter. Returns whether it was the last one. */
  boolean removeLast(ContainerFilterRuntime filter) {
    filters.remove(filter);
    return filters.isEmpty();
  }

  /** Returns the runtimes of the filters that the container will call for a request. */
  List<FilterRuntime> covering(HttpServletRequest request) {
    return covered().stream()
        .filter(one -> one.coverage().holds(request))
        .map(one -> one.filter().site(request))
        .toList();
  }

  /**
   * Returns the filters with their mappings, which are read at the first request, because listeners
   * can add mappings.
   */
  private List<Covered> covered() {
    List<Covered> known = covered;
    if (known == null) {
      known =
          filters.stream()
              .map(one -> new Covered(one, FilterCoverage.of(registration(one.filter()))))
              .toList();
      covered = known;
    }
    return known;
  }

  /** Returns a consistent snapshot of all runtimes. */
  Map<ContainerFilterRuntime, FilterRuntime> inForce() {
    return inForce;
  }

  /** Applies prepared runtimes, for all filters at once. */
  void enter(Map<ContainerFilterRuntime, FilterRuntime> prepared) {
    prepared.forEach(ContainerFilterRuntime::enter);
    show(prepared);
  }

  private void show(Map<ContainerFilterRuntime, FilterRuntime> more) {
    Map<ContainerFilterRuntime, FilterRuntime> all = new HashMap<>(inForce);
    all.putAll(more);
    inForce = Map.copyOf(all);
  }

  /** Returns whether endpoints were added or announced. */
  boolean hasEndpoints() {
    return expectsEndpoints || !endpoints.isEmpty();
  }

  /** Announces endpoints. */
  void expectEndpoints() {
    expectsEndpoints = true;
  }

  /** Returns the runtime of an endpoint, or null. */
  @Nullable ContainerFilterRuntime endpoint(String place) {
    return endpoints.get(place);
  }

  /** Returns the runtime of an endpoint. Adds it if necessary. */
  ContainerFilterRuntime endpoint(String place, Supplier<ContainerFilterRuntime> opened) {
    return endpoints.computeIfAbsent(place, added -> opened.get());
  }

  /** Returns the runtimes for a state. */
  Map<ContainerFilterRuntime, FilterRuntime> prepared(
      Function<ContainerFilterRuntime, FilterRuntime> prepare) {
    Map<ContainerFilterRuntime, FilterRuntime> sites = new LinkedHashMap<>();
    filters.forEach(filter -> sites.put(filter, prepare.apply(filter)));
    endpoints.values().forEach(endpoint -> sites.put(endpoint, prepare.apply(endpoint)));
    return sites;
  }

  private FilterRegistration registration(String filter) {
    return Objects.requireNonNull(context.getFilterRegistration(filter), filter);
  }
}
