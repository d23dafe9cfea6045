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
 * Configures a {@link ConsumerFilter} in code, for embedded servers, frameworks and tests.
 *
 * <p>What the file can do, this can do: settings of plugins are the same JSON, references such as
 * {@code $env://NAME} are resolved, and all mistakes are reported at once by {@link #build()}. Not
 * safe for use by several threads.
 *
 * <p>As the file refuses a member that is given twice, a method throws {@link
 * IllegalStateException} if it sets what was set before.
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
   * Adds what a file of the form of {@code gatehouse.yaml} holds. It is read now and never again.
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

  /** Adds a Route; the first ones are asked first among equal patterns. */
  public FilterBuilder route(UnaryOperator<RouteSpec> spec) {
    String path = "routes[" + routes.size() + "]";
    routes.add(spec.apply(new RouteSpec(path, mistakes)).tree);
    return this;
  }

  /**
   * Adds a plugin of all Routes with its settings as a JSON object; a Route's own of the same name
   * replaces it.
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

  /** Adds a Consumer to the store in memory; not together with {@link #store}. */
  public FilterBuilder consumer(String username, UnaryOperator<ConsumerSpec> spec) {
    given.add("consumer " + username);
    consumers.add(spec.apply(new ConsumerSpec(username, mistakes)).tree());
    return this;
  }

  /**
   * Reads Consumers from a store of the caller's, which stays the caller's to close.
   *
   * <p>A {@link ConsumerRepository} with a change feed, as that in a database, gets a cache that
   * follows its changes. Every other store is asked with every request.
   */
  public FilterBuilder store(ConsumerStore store) {
    given.add("store");
    choices.store = store;
    return this;
  }

  /**
   * Reads Consumers from a repository behind a cache that follows its changes in another way than
   * by default. The filter closes both.
   *
   * @param repository if it has no {@link ConsumerStore#feed() feed}, cached entries are as old as
   *     the interval at most
   */
  public FilterBuilder store(ConsumerRepository repository, ChangeFeed.Tracking tracking) {
    store(repository);
    choices.tracking = tracking;
    return this;
  }

  /**
   * Counts in counters of the caller's, as {@link Stores#localLimits}, so that filters share them
   * and a filter that is built again goes on with them. Routes share a counter if they have the
   * same name. It takes the place of {@link #maxKeys}.
   */
  public FilterBuilder counters(RateLimiter counters) {
    given.add("counters");
    choices.counters = counters;
    return this;
  }

  /** Sets how many counters are kept; {@link Stores#DEFAULT_KEYS} unless set. */
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
   * Adds a key of the Admin API, which an {@link dev.gatehouse.admin.AdminServlet} of the same
   * application serves. It needs a store that is a {@link ConsumerRepository}.
   */
  public FilterBuilder adminKey(AdminKey key) {
    given.add("adminKey " + key.name());
    choices.adminKeys.add(key);
    return this;
  }

  /** Sets which defaults hold; {@link Profile#STRICT} unless set. */
  public FilterBuilder profile(Profile profile) {
    given.add("profile", profile);
    choices.profile = profile;
    return this;
  }

  /** Sets the key of the lookup digests, at least 32 bytes of UTF-8; it must fit the store. */
  public FilterBuilder masterKey(Secret key) {
    return masterKey(key, PreviousKeys.NONE);
  }

  /** The same, and what was stored under previous keys is found too. */
  public FilterBuilder masterKey(Secret key, PreviousKeys previous) {
    given.add("masterKey");
    choices.previousKeys = previous;
    choices.masterKey = Optional.of(key);
    return this;
  }

  /** Sets the Consumer's label that lists its roles; {@code roles} unless set. */
  public FilterBuilder roleLabel(String label) {
    given.add("roleLabel", label);
    choices.roleLabel = label;
    return this;
  }

  /** Lets a path end in {@code ;jsessionid=...}. */
  public FilterBuilder allowJsessionid() {
    given.add("allowJsessionid");
    choices.allowJsessionid = true;
    return this;
  }

  /**
   * Sets the proxies that are believed about whom they serve ({@code X-Forwarded-For}); none unless
   * set.
   *
   * @param ranges addresses, or blocks as in {@code 10.0.0.0/8}
   */
  public FilterBuilder trustedProxies(String... ranges) {
    given.add("trustedProxies");
    choices.trustedProxies =
        ProxyList.read(List.of(ranges), problem -> mistakes.add("trustedProxies", problem));
    return this;
  }

  /**
   * Lets trusted proxies say whom they serve in {@code Forwarded} (RFC 7239), and not in {@code
   * X-Forwarded-For}.
   */
  public FilterBuilder forwardedHeader() {
    given.add("forwardedHeader");
    choices.forwarded = ClientAddress.Header.FORWARDED;
    return this;
  }

  /**
   * Sets how many requests may wait before they go on, as those that are ahead of their rate, and
   * lets further ones be refused. Unless set nobody waits: they go on at once.
   *
   * @param requests 0 or more; 0 for nobody
   */
  public FilterBuilder maxWaiting(int requests) {
    given.add("maxWaiting", requests);
    if (requests < 0) {
      mistakes.add("maxWaiting", "must be at least 0, was " + requests);
    }
    choices.maxWaiting = requests;
    return this;
  }

  /** Adds a credential plugin to those that come with Gatehouse. */
  public FilterBuilder credentialPlugin(CredentialPlugin<?> plugin) {
    given.add("credentialPlugin " + plugin.name());
    choices.credentialPlugins.add(plugin);
    return this;
  }

  /** Adds an interceptor to those that come with Gatehouse. */
  public FilterBuilder interceptor(ConsumerInterceptor<?> interceptor) {
    given.add("interceptor " + interceptor.name());
    choices.interceptors.add(interceptor);
    return this;
  }

  /** Adds one who hears what the gate decides. */
  public FilterBuilder listener(GateListener listener) {
    choices.listeners.add(listener);
    return this;
  }

  /** Adds the listeners that are installed as services, as those for metrics are. */
  public FilterBuilder installedListeners(ClassLoader loader) {
    choices.listeners.add(Listeners.of(loader));
    return this;
  }

  /** Sets how many Consumers are told apart by name in metrics; 0 unless set. */
  public FilterBuilder consumersInMetrics(int consumers) {
    given.add("consumersInMetrics", consumers);
    if (consumers < 0) {
      mistakes.add("consumersInMetrics", "must be at least 0, was " + consumers);
    }
    choices.consumersInMetrics = consumers;
    return this;
  }

  /** Sets the wall clock, for dates of Credentials; the system's unless set. */
  public FilterBuilder clock(InstantSource clock) {
    given.add("clock");
    choices.clock = clock;
    return this;
  }

  /** Sets the clock of windows; its milliseconds must never go back. */
  public FilterBuilder ticker(InstantSource ticker) {
    given.add("ticker");
    choices.ticker = ticker;
    return this;
  }

  /** Sets the nodes that count together, for limits of {@code policy: cluster}. */
  public FilterBuilder cluster(Cluster cluster) {
    given.add("cluster");
    choices.cluster = Optional.of(cluster);
    return this;
  }

  /**
   * Builds the filter, ready for use.
   *
   * @throws ConfigException naming every mistake
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

  /** One Route in the making. */
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

    /** Sets the name; the methods and patterns unless set. */
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

    /** Adds a method that is served; all are unless one is named. */
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

  /** One Consumer in the making. */
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

    /** Sets the id of its group. */
    public ConsumerSpec group(String id) {
      given.add("group", id);
      tree.put("group_id", id);
      return this;
    }

    /** Adds an interceptor of the Consumer's own with its settings as a JSON object. */
    public ConsumerSpec plugin(String name, String json) {
      plugins.put(name, json);
      return this;
    }

    /** Adds a Credential: its name, its plugin, and the plugin's settings as a JSON object. */
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
