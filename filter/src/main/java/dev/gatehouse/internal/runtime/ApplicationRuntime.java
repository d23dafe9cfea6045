package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.admin.Administration;
import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.config.InitParams;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.plugin.ConfiguredRoute;
import dev.gatehouse.internal.property.ContainerIdentity;
import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.internal.request.GateInvoker;
import dev.gatehouse.internal.request.OwnAttribute;
import dev.gatehouse.internal.request.RoleLabel;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.limit.ManagedCluster;
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
 * The runtime that all filters of an application share: properties, plugins, counters, store and
 * configuration file.
 *
 * <p>Counters are shared so that a Consumer's limit applies across all filters. The first filter
 * opens the runtime and the last one closes it. Safe for use by several threads.
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
   * The state that a reload replaces as a whole.
   *
   * @param file the content of the file
   * @param store the store of Consumers
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
   * Returns the application's runtime. Opens it if necessary.
   *
   * @param mistakes receives problems, which are thrown
   * @throws dev.gatehouse.ConfigException with all problems, if there are any
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

  /** Returns the application's runtime, or null if it is not open. */
  public static @Nullable ApplicationRuntime open(ServletContext context) {
    return context.getAttribute(ATTRIBUTE) instanceof ApplicationRuntime open ? open : null;
  }

  /** Returns the text of the start line for {@code gatehouse.container-identity}. */
  public String containerIdentity() {
    return start.properties().containerIdentity().description(start.context());
  }

  /** Returns whether the container's security knows the caller. */
  boolean hasContainerIdentity() {
    return start.properties().containerIdentity() != ContainerIdentity.FALSE;
  }

  /** Returns the properties of the product. */
  public GatehouseProperties settings() {
    return start.properties();
  }

  /** Returns the name of the file, or empty if there is none. */
  public Optional<String> fileName() {
    return fileName;
  }

  /** Returns the present content of the file. */
  public Configuration file() {
    return present().file();
  }

  /** Returns whether there are annotated endpoints. */
  public boolean hasEndpoints() {
    return sites.hasEndpoints();
  }

  /** Announces annotated endpoints. */
  void expectEndpoints() {
    sites.expectEndpoints();
  }

  /** Returns the names of the listeners. */
  public String listeners() {
    return Listeners.names(start.listener());
  }

  /** Returns the check of Routes against the application. */
  public RouteCheck routeCheck() {
    return new RouteCheck(start.context(), start.properties().routes().repeatContextPath());
  }

  /** Returns the present store. */
  public ConsumerRepository store() {
    return present().store();
  }

  /** Returns the cluster, if one is configured. */
  public Optional<ManagedCluster> joined() {
    return start.cluster();
  }

  /** Returns the mapping of Consumers to roles. */
  RoleLabel roles() {
    return factory.roles();
  }

  /** Returns the invoker of gates for calls outside of filters. */
  GateInvoker invoker() {
    return invoker;
  }

  /** Returns the runtimes of the filters that the container will call for a request. */
  List<FilterRuntime> covering(HttpServletRequest request) {
    return sites.covering(request);
  }

  /**
   * Returns the runtime of an annotated endpoint.
   *
   * @throws dev.gatehouse.ConfigException with all problems, if there are any
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

  /** Returns the readers of configurations. */
  Reading reading() {
    return start.reading();
  }

  /** Adds a filter and applies the present state to it. */
  synchronized void join(ContainerFilterRuntime filter) {
    if (closed) {
      throw new StoreException("the application has ended");
    }
    filter.enter(filter.prepare(state));
    sites.add(filter);
  }

  /** Removes a filter. The last one closes the runtime. */
  void leave(ContainerFilterRuntime filter) {
    if (isLast(filter)) {
      // Not under the lock, which a running reload needs to end.
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

  /** Returns the runtimes of a request. They do not change until its end. */
  Map<ContainerFilterRuntime, FilterRuntime> sitesOf(ServletRequest request) {
    String attribute = OwnAttribute.name(SITES, request);
    if (request.getAttribute(attribute) instanceof RequestSites known && known.of() == this) {
      return known.sites();
    }
    RequestSites now = new RequestSites(this, sites.inForce());
    request.setAttribute(attribute, now);
    return now.sites();
  }

  /** The runtimes of a request. */
  private record RequestSites(
      ApplicationRuntime of, Map<ContainerFilterRuntime, FilterRuntime> sites) {}

  private synchronized State present() {
    return state;
  }

  /**
   * Returns the runtime of a filter. Filters that serve the Routes of the file share one gate, so
   * that a request through several of them is decided and counted once.
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

  /** The runtime of filters that serve the Routes of the file. */
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
   * Applies a file to all filters and endpoints, including those that join concurrently. If one of
   * them cannot use the file, none does.
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
