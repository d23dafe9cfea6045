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
 * All that an application runs gates for: its filters, and the endpoints behind them.
 *
 * <p>Filters and endpoints are added by one thread at a time; questions may come from several.
 */
final class FilterRuntimes {
  private final ServletContext context;
  private final List<ContainerFilterRuntime> filters = new CopyOnWriteArrayList<>();
  private final Map<String, ContainerFilterRuntime> endpoints = new ConcurrentHashMap<>();
  private volatile boolean expectsEndpoints;
  private volatile Map<ContainerFilterRuntime, FilterRuntime> inForce = Map.of();
  private volatile @Nullable List<Covered> covered;

  /**
   * A filter, and the requests that the container gives it.
   *
   * @param filter its configuration
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

  /** Takes a filter out; answers whether none is left. */
  boolean removeLast(ContainerFilterRuntime filter) {
    filters.remove(filter);
    return filters.isEmpty();
  }

  /** What the filters run with that the container will ask about a request from outside. */
  List<FilterRuntime> covering(HttpServletRequest request) {
    return covered().stream()
        .filter(one -> one.coverage().holds(request))
        .map(one -> one.filter().site(request))
        .toList();
  }

  /** Read as late as the first request, because a listener can add mappings. */
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

  /** What all of them run with now, those of one moment. */
  Map<ContainerFilterRuntime, FilterRuntime> inForce() {
    return inForce;
  }

  /** Puts what was prepared into force, for all of them at once. */
  void enter(Map<ContainerFilterRuntime, FilterRuntime> prepared) {
    prepared.forEach(ContainerFilterRuntime::enter);
    show(prepared);
  }

  private void show(Map<ContainerFilterRuntime, FilterRuntime> more) {
    Map<ContainerFilterRuntime, FilterRuntime> all = new HashMap<>(inForce);
    all.putAll(more);
    inForce = Map.copyOf(all);
  }

  /** Whether endpoints were added, or will be. */
  boolean hasEndpoints() {
    return expectsEndpoints || !endpoints.isEmpty();
  }

  /** Endpoints will be added. */
  void expectEndpoints() {
    expectsEndpoints = true;
  }

  /** An endpoint's, or null when it was not added yet. */
  @Nullable ContainerFilterRuntime endpoint(String place) {
    return endpoints.get(place);
  }

  /** An endpoint's, added unless it is there. */
  ContainerFilterRuntime endpoint(String place, Supplier<ContainerFilterRuntime> opened) {
    return endpoints.computeIfAbsent(place, added -> opened.get());
  }

  /** What each of them would run with. */
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
