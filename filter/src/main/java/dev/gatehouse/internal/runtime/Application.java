package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.admin.Administration;
import dev.gatehouse.internal.config.BuiltInPlugins;
import dev.gatehouse.internal.config.ConfigSources;
import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.config.InitParams;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.config.SecretReferences;
import dev.gatehouse.internal.engine.ConfiguredRoute;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.engine.PluginRegistry;
import dev.gatehouse.internal.limit.cluster.ManagedCluster;
import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.internal.property.LimitProperties;
import dev.gatehouse.internal.property.PropertySources;
import dev.gatehouse.internal.request.GateInvoker;
import dev.gatehouse.internal.request.OwnAttribute;
import dev.gatehouse.internal.request.RoleLabel;
import dev.gatehouse.internal.restrict.Interceptors;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerStoreProvider;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.store.Stores;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What all filters of a web application share: settings, plugins, counters, store and file.
 *
 * <p>They share the counters so that a Consumer's limit holds over all of them. The first filter
 * opens it and the last one closes it. Safe for use by several threads.
 */
public final class Application {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");
  private static final String ATTRIBUTE = "dev.gatehouse.application";
  private static final String SITES = "dev.gatehouse.sites";

  private final ServletContext context;
  private final GatehouseProperties settings;
  private final PluginRegistry plugins;
  private final Optional<ManagedCluster> cluster;
  private final PluginServices parts;
  private final Reading reading;
  private final GateListener listener;
  private final StoreChoice choice;
  private final SiteTable sites;
  private final GateInvoker asking = new GateInvoker();
  private final RoleLabel roles;
  private final Optional<String> fileName;
  private final @Nullable Reloader reloader;
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

  private Application(ServletContext context, ConfigProblems mistakes) {
    this.context = context;
    sites = new SiteTable(context);
    SecretReferences references = SecretReferences.ofProcess();
    PropertySources sources =
        new PropertySources(PropertySources.ofServer(context), references, mistakes);
    GatehouseProperties.Offers offers = offers(context.getClassLoader());
    settings = GatehouseProperties.read(sources, offers, mistakes);
    roles = new RoleLabel(settings.roleLabel());
    listener = Listeners.of(context.getClassLoader());
    listener.taggedConsumers(settings.taggedConsumers());
    InstantSource ticker = new MonotonicClock();
    cluster =
        settings
            .limits()
            .join(
                offers.engines(),
                context.getContextPath(),
                new LimitProperties.Engine(
                    sources, ticker, ConfigOrigin.identity(context, settings.config())),
                mistakes);
    boolean opened = false;
    try {
      parts = parts(ticker);
      plugins = BuiltInPlugins.registry(parts, context.getClassLoader());
      choice =
          new StoreChoice(settings, plugins, offers.stores(), context.getContextPath(), ticker);
      reading = new Reading(plugins, references, settings.digest());
      Optional<ConfigOrigin> origin =
          ConfigSources.find(context, settings.config(), mistakes)
              .map(file -> new ConfigOrigin(file, reading, mistakes));
      fileName = origin.map(ConfigOrigin::name);
      state = open(origin, sources, mistakes);
      reloader = origin.map(this::reloader).orElse(null);
      opened = true;
    } finally {
      if (!opened) {
        cluster.ifPresent(ManagedCluster::close);
      }
    }
  }

  private static GatehouseProperties.Offers offers(ClassLoader loader) {
    List<ConsumerStoreProvider> stores = new ArrayList<>();
    ServiceLoader.load(ConsumerStoreProvider.class, loader).forEach(stores::add);
    return new GatehouseProperties.Offers(stores, LimitProperties.engines(loader));
  }

  private PluginServices parts(InstantSource ticker) {
    return new PluginServices(
        settings.profile(),
        Stores.localLimits(settings.limits().maxKeys()),
        MonotonicClock.wall(),
        ticker,
        cluster.map(joined -> joined),
        Interceptors.conditions());
  }

  private State open(
      Optional<ConfigOrigin> origin, PropertySources sources, ConfigProblems mistakes) {
    Configuration file = origin.map(found -> found.content(mistakes)).orElse(Configuration.EMPTY);
    mistakes.throwIfAny();
    warn(file);
    return new State(file, choice.open(file, sources));
  }

  /**
   * The application's own, opened unless another filter has done so.
   *
   * @param mistakes receives what is wrong; all of it is thrown
   * @throws dev.gatehouse.ConfigException naming every mistake
   * @throws dev.gatehouse.spi.store.StoreException if the store cannot be reached
   */
  static Application of(ServletContext context, ConfigProblems mistakes) {
    synchronized (context) {
      Application open = open(context);
      return open == null ? first(context, mistakes) : open;
    }
  }

  private static Application first(ServletContext context, ConfigProblems mistakes) {
    Application opened = new Application(context, mistakes);
    context.setAttribute(ATTRIBUTE, opened);
    context.setAttribute(
        Administration.ATTRIBUTE,
        new ApplicationAdministration(
            new ApplicationAdministration.Door(
                opened.settings.adminKeys(),
                opened.settings.clients(),
                opened.settings.adminIpv6Prefix(),
                opened.listener,
                opened.settings.adminKeySets()),
            opened.reading,
            opened.parts,
            opened::present));
    return opened;
  }

  /** The application's own, or null when no filter has opened it. */
  static @Nullable public Application open(ServletContext context) {
    return context.getAttribute(ATTRIBUTE) instanceof Application open ? open : null;
  }

  /** Whether the container is told who calls. */
  boolean tellsContainer() {
    return settings.containerIdentity();
  }

  /** What the product's settings say. */
  GatehouseProperties settings() {
    return settings;
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
    return Listeners.names(listener);
  }

  /** Checks Routes against the rest of the application. */
  RouteCheck routeCheck() {
    return new RouteCheck(context, settings.routes().repeatContextPath());
  }

  /** Where Consumers are found now. */
  public ConsumerRepository store() {
    return present().store();
  }

  /** The nodes that count together, if there are several. */
  public Optional<ManagedCluster> joined() {
    return cluster;
  }

  /** What roles a Consumer has. */
  RoleLabel roles() {
    return roles;
  }

  /** Asks gates where no filter does. */
  GateInvoker asking() {
    return asking;
  }

  /** What the filters run with that the container will ask about a request from outside. */
  List<Site> covering(HttpServletRequest request) {
    return sites.covering(request);
  }

  /**
   * What an endpoint runs with, which is none of the container's filters.
   *
   * @throws dev.gatehouse.ConfigException naming every mistake
   */
  ConfiguredSite endpoint(String place, Map<String, String> plugins) {
    ConfiguredSite known = sites.endpoint(place);
    return known == null ? open(place, plugins) : known;
  }

  private synchronized ConfiguredSite open(String place, Map<String, String> plugins) {
    ConfigProblems mistakes = new ConfigProblems();
    Optional<ConfiguredRoute> route =
        new InitParams(place, plugins)
            .route(place, reading.plugins(), reading.references(), mistakes);
    mistakes.throwIfAny();
    return sites.endpoint(
        place,
        () -> {
          ConfiguredSite opened = new ConfiguredSite(place, route, this);
          opened.enter(opened.prepare(state));
          return opened;
        });
  }

  /** Reads plugins and references as the file does. */
  Reading reading() {
    return reading;
  }

  /** Takes a filter in, and puts the present state into force for it. */
  synchronized void join(ConfiguredSite filter) {
    if (closed) {
      throw new StoreException("the application has ended");
    }
    filter.enter(filter.prepare(state));
    sites.add(filter);
  }

  /** Lets a filter go, or one that could not join; with the last one all is closed. */
  void leave(ConfiguredSite filter) {
    if (isLast(filter)) {
      // Not under the lock, which a reload that is under way needs for its end.
      if (reloader != null) {
        reloader.close();
      }
      present().store().close();
      cluster.ifPresent(ManagedCluster::close);
    }
  }

  private synchronized boolean isLast(ConfiguredSite filter) {
    boolean last = sites.removeLast(filter) && !closed;
    if (last) {
      closed = true;
      context.removeAttribute(ATTRIBUTE);
      context.removeAttribute(Administration.ATTRIBUTE);
    }
    return last;
  }

  /** What filters and endpoints run with for a request, from its beginning to its end. */
  Map<ConfiguredSite, Site> sitesOf(ServletRequest request) {
    String attribute = OwnAttribute.name(SITES, request);
    if (request.getAttribute(attribute) instanceof RequestSites known && known.of() == this) {
      return known.sites();
    }
    RequestSites now = new RequestSites(this, sites.inForce());
    request.setAttribute(attribute, now);
    return now.sites();
  }

  /** What a request runs with. */
  private record RequestSites(Application of, Map<ConfiguredSite, Site> sites) {}

  private synchronized State present() {
    return state;
  }

  /**
   * What one filter would run with. Filters that serve the Routes of the file share one gate, so
   * that a request through several of them is judged and counted once.
   */
  synchronized Site site(List<ConfiguredRoute> routes, State with) {
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
  private record OfFile(State state, Site site) {}

  private Site open(List<ConfiguredRoute> routes, State with) {
    Gate gate =
        Gate.open(
            new Gate.Setup(
                routes,
                plugins,
                with.store(),
                reading.digest(),
                listener,
                settings.allowJsessionid(),
                with.file().shared().service(),
                with.file().shared().pluginsOfGroups()));
    return new Site(gate, roles, settings.limits().maxWaiting(), settings.clients());
  }

  private @Nullable Reloader reloader(ConfigOrigin origin) {
    return settings
        .reloadInterval()
        .map(every -> origin.watch(every, parts.clock(), this::enter))
        .orElse(null);
  }

  /**
   * Puts a file into force for all filters and endpoints, those that join at the same time among
   * them. One that cannot run with the file keeps it out for all.
   */
  private synchronized void enter(Configuration file) {
    routeCheck().checkReload(state.file().routes(), file.routes());
    State next = new State(file, choice.inMemory() ? choice.memory(file) : state.store());
    Map<ConfiguredSite, Site> prepared = sites.prepared(one -> one.prepare(next));
    state = next;
    sites.enter(prepared);
    warn(file);
  }

  private static void warn(Configuration file) {
    file.warnings()
        .forEach(one -> LOG.log(System.Logger.Level.WARNING, "unusable credential: " + one));
  }
}
