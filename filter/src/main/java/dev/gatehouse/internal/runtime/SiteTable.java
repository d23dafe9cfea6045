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
final class SiteTable {
  private final ServletContext context;
  private final List<ConfiguredSite> filters = new CopyOnWriteArrayList<>();
  private final Map<String, ConfiguredSite> endpoints = new ConcurrentHashMap<>();
  private volatile boolean expectsEndpoints;
  private volatile Map<ConfiguredSite, Site> inForce = Map.of();
  private volatile @Nullable List<Covered> covered;

  /**
   * A filter, and the requests that the container gives it.
   *
   * @param filter its configuration
   */
  private record Covered(ConfiguredSite filter, FilterCoverage coverage) {}

  SiteTable(ServletContext context) {
    this.context = context;
  }

  void add(ConfiguredSite filter) {
    filters.add(filter);
    covered = null;
    show(Map.of(filter, filter.site()));
  }

  /** Takes a filter out; answers whether none is left. */
  boolean removeLast(ConfiguredSite filter) {
    filters.remove(filter);
    return filters.isEmpty();
  }

  /** What the filters run with that the container will ask about a request from outside. */
  List<Site> covering(HttpServletRequest request) {
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
  Map<ConfiguredSite, Site> inForce() {
    return inForce;
  }

  /** Puts what was prepared into force, for all of them at once. */
  void enter(Map<ConfiguredSite, Site> prepared) {
    prepared.forEach(ConfiguredSite::enter);
    show(prepared);
  }

  private void show(Map<ConfiguredSite, Site> more) {
    Map<ConfiguredSite, Site> all = new HashMap<>(inForce);
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
  @Nullable ConfiguredSite endpoint(String place) {
    return endpoints.get(place);
  }

  /** An endpoint's, added unless it is there. */
  ConfiguredSite endpoint(String place, Supplier<ConfiguredSite> opened) {
    return endpoints.computeIfAbsent(place, added -> opened.get());
  }

  /** What each of them would run with. */
  Map<ConfiguredSite, Site> prepared(Function<ConfiguredSite, Site> prepare) {
    Map<ConfiguredSite, Site> sites = new LinkedHashMap<>();
    filters.forEach(filter -> sites.put(filter, prepare.apply(filter)));
    endpoints.values().forEach(endpoint -> sites.put(endpoint, prepare.apply(endpoint)));
    return sites;
  }

  private FilterRegistration registration(String filter) {
    return Objects.requireNonNull(context.getFilterRegistration(filter), filter);
  }
}
