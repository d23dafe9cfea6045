package dev.gatehouse.servlet;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Profile;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.admin.AdminKey;
import dev.gatehouse.internal.config.CodeFile;
import dev.gatehouse.internal.config.JsonPlugins;
import dev.gatehouse.internal.http.ProxyList;
import dev.gatehouse.internal.request.ClientAddress;
import dev.gatehouse.internal.runtime.CodeFilterRuntime;
import dev.gatehouse.internal.runtime.Listeners;
import dev.gatehouse.internal.store.PreviousKeys;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerStore;
import dev.gatehouse.store.Stores;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A builder of {@link ConsumerFilter}s, for embedded servers, frameworks and tests.
 *
 * <p>It supports everything that the configuration file supports: settings of plugins are the same
 * JSON, references such as {@code $env://NAME} are resolved, and {@link #build()} reports all
 * problems together. Not safe for use by several threads.
 *
 * <p>A method throws {@link IllegalStateException} if its value was set before, as the file refuses
 * duplicate members.
 */
public final class FilterBuilder {
  private final ConfigProblems mistakes = new ConfigProblems();
  private final List<Object> routes = new ArrayList<>();
  private final List<Object> consumers = new ArrayList<>();
  private final JsonPlugins service = new JsonPlugins("", mistakes);
  private final Map<String, JsonPlugins> groups = new LinkedHashMap<>();
  private final Map<String, Object> file = new LinkedHashMap<>();
  private final CodeFilterRuntime.Choices choices = new CodeFilterRuntime.Choices();
  private final GivenOnce given = new GivenOnce();

  FilterBuilder() {}

  /**
   * Adds the content of a file in the form of {@code gatehouse.yaml}. The file is read once.
   *
   * @param place {@code classpath:name} of a resource, or {@code file:///absolute/path}
   */
  public FilterBuilder configuration(String place) {
    CodeFile.read(place, mistakes).forEach(this::add);
    return this;
  }

  private void add(String name, Object value) {
    List<Object> list = name.equals("routes") ? routes : consumers;
    boolean listed = name.equals("routes") || name.equals("consumers");
    if (listed && value instanceof List<?> items) {
      list.addAll(items);
    } else if (file.put(name, value) != null) {
      mistakes.add(name, "is in two configuration files");
    }
  }

  /** Adds a Route. Of equal patterns the first one takes precedence. */
  public FilterBuilder route(UnaryOperator<RouteSpec> spec) {
    String path = "routes[" + routes.size() + "]";
    routes.add(spec.apply(new RouteSpec(path, mistakes)).tree);
    return this;
  }

  /**
   * Adds a plugin of all Routes with its settings as a JSON object. A Route's plugin of the same
   * name replaces it.
   */
  public FilterBuilder plugin(String name, String json) {
    service.put(name, json);
    return this;
  }

  /** Adds an interceptor of a group of Consumers with its settings as a JSON object. */
  public FilterBuilder groupPlugin(String group, String name, String json) {
    groups
        .computeIfAbsent(group, id -> new JsonPlugins("consumer_groups[" + id + "]", mistakes))
        .put(name, json);
    return this;
  }

  /** Adds a Consumer to the in-memory store. Must not be combined with {@link #store}. */
  public FilterBuilder consumer(String username, UnaryOperator<ConsumerSpec> spec) {
    given.add("consumer " + username);
    consumers.add(spec.apply(new ConsumerSpec(username, mistakes)).tree());
    return this;
  }

  /**
   * Sets the store of Consumers. The caller must close it.
   *
   * <p>A {@link ConsumerRepository} with a change feed, such as that of a database, gets a cache
   * that follows its changes. Any other store is called for each request.
   */
  public FilterBuilder store(ConsumerStore store) {
    given.add("store");
    choices.store = store;
    return this;
  }

  /**
   * Sets a repository of Consumers and the configuration of its cache. The filter closes both.
   *
   * @param repository the repository. Without a {@link ConsumerStore#feed() feed} cached entries
   *     expire after the interval
   */
  public FilterBuilder store(ConsumerRepository repository, ChangeFeed.Tracking tracking) {
    store(repository);
    choices.tracking = tracking;
    return this;
  }

  /**
   * Sets the counters, for example of {@link Stores#localLimits}, so that several filters can share
   * them, or a rebuilt filter can continue with them. Routes with the same name share counters.
   * Must not be combined with {@link #maxKeys}.
   */
  public FilterBuilder counters(RateLimiter counters) {
    given.add("counters");
    choices.counters = counters;
    return this;
  }

  /** Sets the maximum number of counters. The default is {@link Stores#DEFAULT_KEYS}. */
  public FilterBuilder maxKeys(long keys) {
    given.add("maxKeys", keys);
    if (keys < 1) {
      mistakes.add("maxKeys", "must be at least 1, was " + keys);
    } else {
      choices.maxKeys = keys;
    }
    return this;
  }

  /**
   * Adds a key of the Admin API that may read and write. An {@link
   * dev.gatehouse.admin.AdminServlet} of the same application serves the API. It requires a store
   * that is a {@link ConsumerRepository}.
   *
   * @param name the name of the key, for the audit
   * @param sha256 the SHA-256 of the key's UTF-8 bytes, as 64 hexadecimal digits in lower case
   */
  public FilterBuilder adminKey(String name, String sha256) {
    return add(new AdminKey(name, AdminKey.Role.ADMIN, sha256));
  }

  /** Adds a key of the Admin API that may only read; see {@link #adminKey}. */
  public FilterBuilder viewerKey(String name, String sha256) {
    return add(new AdminKey(name, AdminKey.Role.VIEWER, sha256));
  }

  private FilterBuilder add(AdminKey key) {
    given.add("adminKey " + key.name());
    choices.adminKeys.add(key);
    return this;
  }

  /** Sets the profile. The default is {@link Profile#STRICT}. */
  public FilterBuilder profile(Profile profile) {
    given.add("profile", profile);
    choices.profile = profile;
    return this;
  }

  /**
   * Sets the master key of the lookup digests, at least 32 bytes of UTF-8. It must be that of the
   * store.
   */
  public FilterBuilder masterKey(Secret key) {
    return masterKey(key, List.of());
  }

  /**
   * Sets the master key and the earlier ones, under which stored lookup keys are still found.
   *
   * @param previous the earlier keys; an empty text means a time without a master key
   */
  public FilterBuilder masterKey(Secret key, List<Secret> previous) {
    given.add("masterKey");
    choices.previousKeys = PreviousKeys.of(previous);
    choices.masterKey = Optional.of(key);
    return this;
  }

  /** Sets the label with a Consumer's roles. The default is {@code roles}. */
  public FilterBuilder roleLabel(String label) {
    given.add("roleLabel", label);
    choices.roleLabel = label;
    return this;
  }

  /** Allows paths to end in {@code ;jsessionid=...}. */
  public FilterBuilder allowJsessionid() {
    given.add("allowJsessionid");
    choices.allowJsessionid = true;
    return this;
  }

  /**
   * Sets the trusted proxies, whose {@code X-Forwarded-For} header determines the client's address.
   * By default there are none.
   *
   * @param ranges addresses, or blocks such as {@code 10.0.0.0/8}
   */
  public FilterBuilder trustedProxies(String... ranges) {
    given.add("trustedProxies");
    choices.trustedProxies =
        ProxyList.read(List.of(ranges), problem -> mistakes.add("trustedProxies", problem));
    return this;
  }

  /**
   * Uses the header {@code Forwarded} (RFC 7239) of trusted proxies instead of {@code
   * X-Forwarded-For}.
   */
  public FilterBuilder forwardedHeader() {
    given.add("forwardedHeader");
    choices.forwarded = ClientAddress.Header.FORWARDED;
    return this;
  }

  /**
   * Sets the maximum number of delayed requests; further ones are refused. By default requests are
   * not delayed.
   *
   * @param requests the maximum, at least 0; 0 disables delays
   */
  public FilterBuilder maxWaiting(int requests) {
    given.add("maxWaiting", requests);
    if (requests < 0) {
      mistakes.add("maxWaiting", "must be at least 0, was " + requests);
    }
    choices.maxWaiting = requests;
    return this;
  }

  /** Adds a credential plugin. */
  public FilterBuilder credentialPlugin(CredentialPlugin<?> plugin) {
    given.add("credentialPlugin " + plugin.name());
    choices.credentialPlugins.add(plugin);
    return this;
  }

  /** Adds an interceptor. */
  public FilterBuilder interceptor(ConsumerInterceptor<?> interceptor) {
    given.add("interceptor " + interceptor.name());
    choices.interceptors.add(interceptor);
    return this;
  }

  /** Adds a listener of decisions. */
  public FilterBuilder listener(GateListener listener) {
    choices.listeners.add(listener);
    return this;
  }

  /** Adds the listeners that are registered as services, such as those for metrics. */
  public FilterBuilder installedListeners(ClassLoader loader) {
    choices.listeners.add(Listeners.of(loader));
    return this;
  }

  /** Sets the number of Consumers with tags of their own in metrics. The default is 0. */
  public FilterBuilder consumersInMetrics(int consumers) {
    given.add("consumersInMetrics", consumers);
    if (consumers < 0) {
      mistakes.add("consumersInMetrics", "must be at least 0, was " + consumers);
    }
    choices.consumersInMetrics = consumers;
    return this;
  }

  /** Sets the wall clock, for dates of Credentials. The default is the system's clock. */
  public FilterBuilder clock(InstantSource clock) {
    given.add("clock");
    choices.clock = clock;
    return this;
  }

  /** Sets the clock of windows, which must be monotonic. */
  public FilterBuilder ticker(InstantSource ticker) {
    given.add("ticker");
    choices.ticker = ticker;
    return this;
  }

  /** Sets the cluster, for limits with {@code policy: cluster}. */
  public FilterBuilder cluster(Cluster cluster) {
    given.add("cluster");
    choices.cluster = Optional.of(cluster);
    return this;
  }

  /**
   * Returns the filter.
   *
   * @throws ConfigException with all problems, if there are any
   */
  public ConsumerFilter build() {
    Map<String, Object> tree = new LinkedHashMap<>(file);
    tree.put("routes", List.copyOf(routes));
    if (!service.tree().isEmpty()) {
      Map<String, Object> plugins = new LinkedHashMap<>();
      if (file.get("plugins") instanceof Map<?, ?> ofFile) {
        ofFile.forEach((name, settings) -> plugins.put((String) name, settings));
      }
      plugins.putAll(service.tree());
      tree.put("plugins", plugins);
    }
    if (!groups.isEmpty()) {
      List<Object> each = new ArrayList<>();
      if (file.get("consumer_groups") instanceof List<?> ofFile) {
        each.addAll(ofFile);
      }
      groups.forEach((id, plugins) -> each.add(Map.of("id", id, "plugins", plugins.tree())));
      tree.put("consumer_groups", each);
    }
    if (!consumers.isEmpty()) {
      tree.put("consumers", List.copyOf(consumers));
    }
    return new BuiltFilter(CodeFilterRuntime.open(choices, tree, mistakes));
  }

  /** A builder of a Route. */
  public static final class RouteSpec {
    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final List<Object> uris = new ArrayList<>();
    private final List<Object> methods = new ArrayList<>();
    private final GivenOnce given = new GivenOnce();
    private final JsonPlugins plugins;

    private RouteSpec(String path, ConfigProblems mistakes) {
      plugins = new JsonPlugins(path, mistakes);
      tree.put("uris", uris);
      tree.put("plugins", plugins.tree());
    }

    /** Sets the name. The default consists of the methods and patterns. */
    public RouteSpec name(String name) {
      given.add("name", name);
      tree.put("name", name);
      return this;
    }

    /** Adds a pattern: {@code /exact}, {@code /prefix/*} or {@code *.extension}. */
    public RouteSpec uri(String pattern) {
      given.add("uri " + pattern);
      uris.add(pattern);
      return this;
    }

    /** Adds an allowed method. By default all methods are allowed. */
    public RouteSpec method(String method) {
      given.add("method " + method);
      methods.add(method);
      tree.put("methods", methods);
      return this;
    }

    /** Adds a plugin with its settings as a JSON object. */
    public RouteSpec plugin(String name, String json) {
      plugins.put(name, json);
      return this;
    }
  }

  /** A builder of a Consumer. */
  public static final class ConsumerSpec {
    private final String path;
    private final ConfigProblems mistakes;
    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final Map<String, Object> labels = new LinkedHashMap<>();
    private final JsonPlugins plugins;
    private final List<Object> credentials = new ArrayList<>();
    private final GivenOnce given = new GivenOnce();

    private ConsumerSpec(String username, ConfigProblems mistakes) {
      this.path = "consumers[" + username + "]";
      this.mistakes = mistakes;
      this.plugins = new JsonPlugins(path, mistakes);
      tree.put("username", username);
    }

    /** Adds a label. */
    public ConsumerSpec label(String name, String value) {
      given.add("label " + name, value);
      labels.put(name, value);
      return this;
    }

    /** Sets the id of the group. */
    public ConsumerSpec group(String id) {
      given.add("group", id);
      tree.put("group_id", id);
      return this;
    }

    /** Adds an own interceptor with its settings as a JSON object. */
    public ConsumerSpec plugin(String name, String json) {
      plugins.put(name, json);
      return this;
    }

    /** Adds a Credential with a name, a plugin, and the plugin's settings as a JSON object. */
    public ConsumerSpec credential(String name, String plugin, String json) {
      given.add("credential " + name);
      JsonPlugins one = new JsonPlugins(path + ".credentials[" + name + "]", mistakes);
      one.put(plugin, json);
      credentials.add(Map.of("name", name, "plugins", one.tree()));
      return this;
    }

    private Map<String, Object> tree() {
      Map<String, Object> all = new LinkedHashMap<>(tree);
      if (!labels.isEmpty()) {
        all.put("labels", labels);
      }
      if (!plugins.tree().isEmpty()) {
        all.put("plugins", plugins.tree());
      }
      if (!credentials.isEmpty()) {
        all.put("credentials", credentials);
      }
      return all;
    }
  }
}
