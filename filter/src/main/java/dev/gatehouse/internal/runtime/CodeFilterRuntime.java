package dev.gatehouse.internal.runtime;

import dev.gatehouse.Profile;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.admin.AdminKey;
import dev.gatehouse.internal.admin.Administration;
import dev.gatehouse.internal.config.BuiltInPlugins;
import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.config.KeySetPlaces;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.config.SecretReferences;
import dev.gatehouse.internal.http.IpRange;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.request.ClientAddress;
import dev.gatehouse.internal.request.DelayedRequests;
import dev.gatehouse.internal.request.RoleLabel;
import dev.gatehouse.internal.restrict.Interceptors;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.internal.store.PreviousKeys;
import dev.gatehouse.internal.store.cache.Caching;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerStore;
import dev.gatehouse.store.Stores;
import jakarta.servlet.ServletContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runtime of a filter that is built in code. It does not change. */
public final class CodeFilterRuntime implements FilterRuntimeSource {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");

  /** The prefix length by which wrong admin keys of IPv6 clients are counted. */
  private static final int ADMIN_IPV6_PREFIX = 64;

  private final FilterRuntime site;
  private final Optional<ConsumerRepository> owned;
  private final Optional<Administration> administration;
  private @Nullable ServletContext entered;

  private CodeFilterRuntime(
      FilterRuntime site,
      Optional<ConsumerRepository> owned,
      Optional<Administration> administration) {
    this.site = site;
    this.owned = owned;
    this.administration = administration;
  }

  /** The choices of a builder. */
  public static final class Choices {
    public @Nullable ConsumerStore store;
    public ChangeFeed.@Nullable Tracking tracking;
    public @Nullable RateLimiter counters;
    public long maxKeys = Stores.DEFAULT_KEYS;
    public final List<AdminKey> adminKeys = new ArrayList<>();
    public Profile profile = Profile.STRICT;
    public Optional<Secret> masterKey = Optional.empty();
    public PreviousKeys previousKeys = PreviousKeys.NONE;
    public String roleLabel = "roles";
    public boolean allowJsessionid;
    public int maxWaiting = DelayedRequests.DEFAULT;
    public List<IpRange> trustedProxies = List.of();
    public ClientAddress.Header forwarded = ClientAddress.Header.X_FORWARDED_FOR;
    public final List<CredentialPlugin<?>> credentialPlugins = new ArrayList<>();
    public final List<ConsumerInterceptor<?>> interceptors = new ArrayList<>();
    public final List<GateListener> listeners = new ArrayList<>();
    public int consumersInMetrics;
    public InstantSource clock = MonotonicClock.wall();
    public InstantSource ticker = new MonotonicClock();
    public Optional<Cluster> cluster = Optional.empty();

    private PluginServices parts() {
      RateLimiter limits = counters == null ? Stores.localLimits(maxKeys) : counters;
      return new PluginServices(profile, limits, clock, ticker, cluster, Interceptors.conditions());
    }

    private LookupDigest digest() {
      return masterKey.map(LookupDigest::keyed).orElseGet(LookupDigest::plain).after(previousKeys);
    }

    private GateListener listener() {
      GateListener all = Listeners.of(listeners);
      all.taggedConsumers(consumersInMetrics);
      return all;
    }

    private ClientAddress clients() {
      return new ClientAddress(trustedProxies, forwarded);
    }

    private RuntimeFactory factory(Reading reading, GateListener listener) {
      return new RuntimeFactory(
          reading, listener, allowJsessionid, new RoleLabel(roleLabel), maxWaiting, clients());
    }

    private Optional<ApplicationAdministration.Door> door(GateListener listener) {
      return adminKeys.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new ApplicationAdministration.Door(
                  List.copyOf(adminKeys),
                  clients(),
                  ADMIN_IPV6_PREFIX,
                  listener,
                  new KeySetPlaces(Set.of())));
    }

    /** Returns a cache in front of the given store, if it needs one. */
    private Optional<ConsumerRepository> tracked() {
      if (!(store instanceof ConsumerRepository repository)) {
        return Optional.empty();
      }
      ChangeFeed.Tracking how = tracking;
      if (how != null) {
        return Optional.of(Caching.track(repository, how, ticker));
      }
      return repository.feed().map(feed -> Caching.trackShared(repository, ticker));
    }

    private void check(Map<String, Object> tree, ConfigProblems mistakes) {
      if (store != null && tree.containsKey("consumers")) {
        mistakes.add("consumers", "must not be given together with a store");
      }
      if (!adminKeys.isEmpty() && store != null && !(store instanceof ConsumerRepository)) {
        mistakes.add("adminKey", "needs a store that is a ConsumerRepository");
      }
    }
  }

  /**
   * Builds the gate.
   *
   * @param tree the Routes and Consumers in the form of the file
   * @param mistakes the problems so far
   * @throws dev.gatehouse.ConfigException with all problems, if there are any
   */
  public static CodeFilterRuntime open(
      Choices choices, Map<String, Object> tree, ConfigProblems mistakes) {
    PluginServices parts = choices.parts();
    PluginRegistry plugins =
        BuiltInPlugins.registry(parts, choices.credentialPlugins, choices.interceptors);
    Reading reading = new Reading(plugins, SecretReferences.ofProcess(), choices.digest());
    Configuration content = Configuration.read(tree, reading, mistakes);
    choices.check(tree, mistakes);
    content.warnings().forEach(mistakes::add);
    mistakes.throwIfAny();
    Optional<ConsumerRepository> owned = choices.tracked();
    ConsumerStore given = choices.store == null ? memory(plugins, content) : choices.store;
    ConsumerStore store = owned.isPresent() ? owned.get() : given;
    boolean opened = false;
    try {
      GateListener listener = choices.listener();
      CodeFilterRuntime site =
          new CodeFilterRuntime(
              choices.factory(reading, listener).open(content.configuredRoutes(), content, store),
              owned,
              choices
                  .door(listener)
                  .map(door -> administration(door, reading, parts, state(content, store))));
      opened = true;
      return site;
    } finally {
      if (!opened) {
        owned.ifPresent(ConsumerRepository::close);
      }
    }
  }

  private static Administration administration(
      ApplicationAdministration.Door door,
      Reading reading,
      PluginServices parts,
      ApplicationRuntime.State state) {
    return new ApplicationAdministration(door, reading, parts, () -> state);
  }

  /** Returns the state. With an admin key the store is a repository, which was checked before. */
  private static ApplicationRuntime.State state(Configuration content, ConsumerStore store) {
    return new ApplicationRuntime.State(content, (ConsumerRepository) store);
  }

  @Override
  public FilterRuntime site() {
    return site;
  }

  @Override
  public void enter(ServletContext context) {
    if (administration.isEmpty()) {
      return;
    }
    if (context.getAttribute(Administration.ATTRIBUTE) != null) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the Admin API of this application has another configuration; adminKey is not used");
      return;
    }
    context.setAttribute(Administration.ATTRIBUTE, administration.get());
    entered = context;
  }

  @Override
  public void close() {
    ServletContext context = entered;
    if (context != null) {
      context.removeAttribute(Administration.ATTRIBUTE);
    }
    owned.ifPresent(ConsumerRepository::close);
  }

  private static ConsumerRepository memory(PluginRegistry plugins, Configuration content) {
    ConsumerRepository memory = Stores.memory(plugins::attributeOf);
    memory.putAll(content.consumers());
    return memory;
  }
}
