package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.admin.Administration;
import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.config.InitParams;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.engine.ConfiguredRoute;
import dev.gatehouse.internal.limit.cluster.ManagedCluster;
import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.internal.request.GateInvoker;
import dev.gatehouse.internal.request.OwnAttribute;
import dev.gatehouse.internal.request.RoleLabel;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.StoreException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all filters of a web application share: settings, plugins, counters, store and file.
 *
 * <p>They share the counters so that a Consumer's limit holds over all of them. The first filter
 * opens it and the last one closes it. Safe for use by several threads.
 */
public final class ApplicationRuntime {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");
  private static final String ATTRIBUTE = "dev.gatehouse.application";
  private static final String SITES = "dev.gatehouse.sites";

  private final ApplicationStart start;
  private final StoreFactory choice;
  private final RuntimeFactory factory;
  private final FilterRuntimes sites;
  private final GateInvoker invoker = new GateInvoker();
  private final Optional<String> fileName;
  private final @Nullable ConfigurationReload<?> reloader;
  private State state;
  private @Nullable OfFile ofFile;
  private boolean closed;

  /**
   * What a reload replaces, all at once.
   *
   * @param file the content of the file
   * @param store where Consumers are found
   */
  record State(Configuration file, ConsumerRepository store) {}

  ApplicationRuntime(
      ApplicationStart start, Optional<ConfigOrigin> origin, StoreFactory choice, State state) {
    this.start = start;
    this.choice = choice;
    this.state = state;
    sites = new FilterRuntimes(start.context());
    factory = start.runtimes();
    fileName = origin.map(ConfigOrigin::name);
    reloader = origin.map(this::reloader).orElse(null);
  }

  /**
   * The application's own, opened unless another filter has done so.
   *
   * @param mistakes receives what is wrong; all of it is thrown
   * @throws dev.gatehouse.ConfigException naming every mistake
   * @throws dev.gatehouse.spi.store.StoreException if the store cannot be reached
   */
  static ApplicationRuntime of(ServletContext context, ConfigProblems mistakes) {
    synchronized (context) {
      ApplicationRuntime open = open(context);
      return open == null ? first(context, mistakes) : open;
    }
  }

  private static ApplicationRuntime first(ServletContext context, ConfigProblems mistakes) {
    ApplicationRuntime opened = ApplicationStart.run(context, mistakes);
    context.setAttribute(ATTRIBUTE, opened);
    context.setAttribute(
        Administration.ATTRIBUTE,
        new ApplicationAdministration(
            new ApplicationAdministration.Door(
                opened.start.properties().adminKeys(),
                opened.start.properties().clients(),
                opened.start.properties().adminIpv6Prefix(),
                opened.start.listener(),
                opened.start.properties().adminKeySets()),
            opened.start.reading(),
            opened.start.reading().plugins().parts(),
            opened::present));
    return opened;
  }

  /** The application's own, or null when no filter has opened it. */
  static @Nullable public ApplicationRuntime open(ServletContext context) {
    return context.getAttribute(ATTRIBUTE) instanceof ApplicationRuntime open ? open : null;
  }

  /** Whether the container is told who calls. */
  boolean tellsContainer() {
    return start.properties().containerIdentity();
  }

  /** What the product's settings say. */
  GatehouseProperties settings() {
    return start.properties();
  }

  /** The name of the file, or empty when there is none. */
  Optional<String> fileName() {
    return fileName;
  }

  /** The content of the file now. */
  Configuration file() {
    return present().file();
  }

  /** Whether it has endpoints behind its filters. */
  boolean hasEndpoints() {
    return sites.hasEndpoints();
  }

  /** Endpoints will be added. */
  void expectEndpoints() {
    sites.expectEndpoints();
  }

  /** The names of those who hear what is decided. */
  String listeners() {
    return Listeners.names(start.listener());
  }

  /** Checks Routes against the rest of the application. */
  RouteCheck routeCheck() {
    return new RouteCheck(start.context(), start.properties().routes().repeatContextPath());
  }

  /** Where Consumers are found now. */
  public ConsumerRepository store() {
    return present().store();
  }

  /** The nodes that count together, if there are several. */
  public Optional<ManagedCluster> joined() {
    return start.cluster();
  }

  /** What roles a Consumer has. */
  RoleLabel roles() {
    return factory.roles();
  }

  /** Asks gates where no filter does. */
  GateInvoker invoker() {
    return invoker;
  }

  /** What the filters run with that the container will ask about a request from outside. */
  List<FilterRuntime> covering(HttpServletRequest request) {
    return sites.covering(request);
  }

  /**
   * What an endpoint runs with, which is none of the container's filters.
   *
   * @throws dev.gatehouse.ConfigException naming every mistake
   */
  ContainerFilterRuntime endpoint(String place, Map<String, String> plugins) {
    ContainerFilterRuntime known = sites.endpoint(place);
    return known == null ? open(place, plugins) : known;
  }

  private synchronized ContainerFilterRuntime open(String place, Map<String, String> plugins) {
    ConfigProblems mistakes = new ConfigProblems();
    Optional<ConfiguredRoute> route =
        new InitParams(place, plugins)
            .route(place, start.reading().plugins(), start.reading().references(), mistakes);
    mistakes.throwIfAny();
    return sites.endpoint(
        place,
        () -> {
          ContainerFilterRuntime opened = new ContainerFilterRuntime(place, route, this);
          opened.enter(opened.prepare(state));
          return opened;
        });
  }

  /** Reads plugins and references as the file does. */
  Reading reading() {
    return start.reading();
  }

  /** Takes a filter in, and puts the present state into force for it. */
  synchronized void join(ContainerFilterRuntime filter) {
    if (closed) {
      throw new StoreException("the application has ended");
    }
    filter.enter(filter.prepare(state));
    sites.add(filter);
  }

  /** Lets a filter go, or one that could not join; with the last one all is closed. */
  void leave(ContainerFilterRuntime filter) {
    if (isLast(filter)) {
      // Not under the lock, which a reload that is under way needs for its end.
      if (reloader != null) {
        reloader.close();
      }
      present().store().close();
      start.cluster().ifPresent(ManagedCluster::close);
    }
  }

  private synchronized boolean isLast(ContainerFilterRuntime filter) {
    boolean last = sites.removeLast(filter) && !closed;
    if (last) {
      closed = true;
      start.context().removeAttribute(ATTRIBUTE);
      start.context().removeAttribute(Administration.ATTRIBUTE);
    }
    return last;
  }

  /** What filters and endpoints run with for a request, from its beginning to its end. */
  Map<ContainerFilterRuntime, FilterRuntime> sitesOf(ServletRequest request) {
    String attribute = OwnAttribute.name(SITES, request);
    if (request.getAttribute(attribute) instanceof RequestSites known && known.of() == this) {
      return known.sites();
    }
    RequestSites now = new RequestSites(this, sites.inForce());
    request.setAttribute(attribute, now);
    return now.sites();
  }

  /** What a request runs with. */
  private record RequestSites(
      ApplicationRuntime of, Map<ContainerFilterRuntime, FilterRuntime> sites) {}

  private synchronized State present() {
    return state;
  }

  /**
   * What one filter would run with. Filters that serve the Routes of the file share one gate, so
   * that a request through several of them is judged and counted once.
   */
  synchronized FilterRuntime site(List<ConfiguredRoute> routes, State with) {
    if (!routes.equals(with.file().configuredRoutes())) {
      return open(routes, with);
    }
    OfFile known = ofFile;
    if (known == null || !known.state().equals(with)) {
      known = new OfFile(with, open(routes, with));
      ofFile = known;
    }
    return known.site();
  }

  /** What filters run with that serve the Routes of the file. */
  private record OfFile(State state, FilterRuntime site) {}

  private FilterRuntime open(List<ConfiguredRoute> routes, State with) {
    return factory.open(routes, with.file(), with.store());
  }

  private @Nullable ConfigurationReload<?> reloader(ConfigOrigin origin) {
    return start
        .properties()
        .reloadInterval()
        .map(every -> origin.watch(every, start.reading().plugins().parts().clock(), this::enter))
        .orElse(null);
  }

  /**
   * Puts a file into force for all filters and endpoints, those that join at the same time among
   * them. One that cannot run with the file keeps it out for all.
   */
  private synchronized void enter(Configuration file) {
    routeCheck().checkReload(state.file().routes(), file.routes());
    State next = new State(file, choice.inMemory() ? choice.memory(file) : state.store());
    Map<ContainerFilterRuntime, FilterRuntime> prepared = sites.prepared(one -> one.prepare(next));
    state = next;
    sites.enter(prepared);
    warn(file);
  }

  static void warn(Configuration file) {
    file.warnings()
        .forEach(one -> LOG.log(System.Logger.Level.WARNING, "unusable credential: " + one));
  }
}
