package dev.gatehouse.internal.property;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Profile;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.admin.AdminKey;
import dev.gatehouse.internal.config.ConfigSources;
import dev.gatehouse.internal.config.KeySetPlaces;
import dev.gatehouse.internal.http.IpRange;
import dev.gatehouse.internal.http.ProxyList;
import dev.gatehouse.internal.request.ClientAddress;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.internal.store.PreviousKeys;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.limit.SharedSlotsProvider;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerStoreProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The properties of the product, without those of store providers.
 *
 * @param profile {@code gatehouse.profile}: the set of defaults
 * @param masterKey {@code gatehouse.master-key}: at least 32 bytes
 * @param previousKeys {@code gatehouse.master-key.previous}: earlier master keys
 * @param roleLabel {@code gatehouse.role-label}: the label with a Consumer's roles
 * @param containerIdentity {@code gatehouse.container-identity}: whether the container's security
 *     knows the caller
 * @param taggedConsumers {@code gatehouse.metrics.consumers}: the number of Consumers with tags of
 *     their own in metrics
 * @param reloadInterval {@code gatehouse.reload-interval}: the interval of checks of the file, in
 *     seconds; empty means never
 * @param store {@code gatehouse.store}: {@code memory} or the name of a provider
 * @param config {@code gatehouse.config}: the location of the file; empty means the default file,
 *     which is optional
 * @param routes the requirements on Routes
 * @param allowJsessionid {@code gatehouse.allow-jsessionid}: whether a path may end in it
 * @param cache {@code gatehouse.store.cache.*}, {@code gatehouse.store.poll-interval}, {@code
 *     gatehouse.store.timeout}, {@code gatehouse.max-staleness}, {@code gatehouse.store.preload},
 *     {@code gatehouse.store.last-used-interval}, {@code gatehouse.store.hints}
 * @param limits {@code gatehouse.limits.*}
 * @param clients {@code gatehouse.trusted-proxies}, {@code gatehouse.forwarded-header}: the proxies
 *     whose header determines the client's address
 * @param adminKeys {@code gatehouse.admin-keys}: the keys of the Admin API
 * @param adminIpv6Prefix {@code gatehouse.admin.ipv6-prefix}: the prefix length by which wrong
 *     admin keys of IPv6 clients are counted
 * @param adminKeySets {@code gatehouse.admin.jwks-hosts}: the allowed hosts of key sets over the
 *     Admin API
 */
public record GatehouseProperties(
    Profile profile,
    Optional<Secret> masterKey,
    PreviousKeys previousKeys,
    String roleLabel,
    ContainerIdentity containerIdentity,
    int taggedConsumers,
    Optional<Duration> reloadInterval,
    String store,
    Optional<String> config,
    Expectation routes,
    boolean allowJsessionid,
    Cache cache,
    LimitProperties limits,
    ClientAddress clients,
    List<AdminKey> adminKeys,
    int adminIpv6Prefix,
    KeySetPlaces adminKeySets) {

  /** The value of {@code gatehouse.store} for the in-memory store. */
  public static final String MEMORY = "memory";

  private static final String JPA = "jpa";

  /** The default of {@code gatehouse.config}. */
  public static final String DEFAULT_CONFIG = "/WEB-INF/gatehouse.yaml";

  /** The property that says whether an application must have Routes. */
  public static final String ROUTES = "gatehouse.routes";

  /** The value of {@link #ROUTES} for an application without Routes. */
  public static final String NO_ROUTES = "none";

  /** The property that allows patterns to begin with the context path. */
  public static final String REPEATS_CONTEXT_PATH = "gatehouse.routes.repeat-context-path";

  /** The property that says whether the container's security knows the caller. */
  public static final String CONTAINER_IDENTITY = "gatehouse.container-identity";

  private static final String MASTER_KEY = "gatehouse.master-key";
  private static final long MAX_PREFIX = 128;
  private static final long MAX_SECONDS = 86_400;
  private static final long MAX_TAGGED = 10_000;
  private static final long MAX_ENTRIES = 100_000_000;

  /**
   * The cache of a store and the timeouts of its calls.
   *
   * @param maxEntries the maximum number of Credentials, of Consumers, and of unknown keys, each
   * @param maxAge the lifetime of entries of a store without a change feed
   * @param pollInterval the interval of polls of the change feed
   * @param timeout the timeout of a call
   * @param maxStaleness how long known callers are served during an outage of the store
   * @param preload the entries that are loaded at the start
   * @param lastUsedInterval the interval of writes of last uses
   * @param hints the source of hints: {@code none}, {@code notify}, {@code redis} or {@code
   *     hazelcast}
   */
  public record Cache(
      long maxEntries,
      Duration maxAge,
      Duration pollInterval,
      Duration timeout,
      Duration maxStaleness,
      ChangeFeed.Preloading preload,
      Duration lastUsedInterval,
      String hints) {}

  /**
   * The requirements on Routes.
   *
   * @param required {@code gatehouse.routes}: whether the application must have a Route
   * @param repeatContextPath {@code gatehouse.routes.repeat-context-path}: whether patterns may
   *     begin with the context path
   */
  public record Expectation(boolean required, boolean repeatContextPath) {}

  /**
   * The available providers.
   *
   * @param stores the store providers
   * @param engines the providers of cluster engines
   */
  public record Offers(List<ConsumerStoreProvider> stores, List<SharedSlotsProvider> engines) {}

  /**
   * Reads the properties and reports problems and unknown names.
   *
   * @param offers the providers, whose properties are known too
   */
  public static GatehouseProperties read(
      PropertySources sources, Offers offers, ConfigProblems mistakes) {
    PropertyReader values = new PropertyReader(sources, mistakes);
    GatehouseProperties settings = read(values, offers);
    Set<String> known = new LinkedHashSet<>(values.asked());
    offers.stores().forEach(provider -> known.addAll(provider.settings()));
    offers.engines().forEach(provider -> known.addAll(provider.settings()));
    sources.reportUnknown(known);
    return settings;
  }

  /** Returns the digest of lookup values. */
  public LookupDigest digest() {
    return masterKey.map(LookupDigest::keyed).orElseGet(LookupDigest::plain).after(previousKeys);
  }

  private static GatehouseProperties read(PropertyReader values, Offers offers) {
    List<String> stores = new ArrayList<>(List.of(MEMORY));
    offers.stores().forEach(provider -> stores.add(provider.name()));
    return new GatehouseProperties(
        profile(values.choice("gatehouse.profile", List.of("strict", "api7"))),
        values.secret(MASTER_KEY, PreviousKeys.MIN_BYTES),
        previousKeys(values),
        values.text("gatehouse.role-label").orElse("roles"),
        ContainerIdentity.of(values.choice(CONTAINER_IDENTITY, ContainerIdentity.names())),
        values.whole("gatehouse.metrics.consumers", 0, MAX_TAGGED).orElse(0L).intValue(),
        values.whole("gatehouse.reload-interval", 1, MAX_SECONDS).map(Duration::ofSeconds),
        store(values, stores),
        values.text(ConfigSources.SETTING),
        new Expectation(
            values.choice(ROUTES, List.of("required", NO_ROUTES)).equals("required"),
            isTrue(values, REPEATS_CONTEXT_PATH)),
        isTrue(values, "gatehouse.allow-jsessionid"),
        cache(values),
        LimitProperties.read(values, offers.engines()),
        clients(values),
        AdminKeys.read(values),
        values.whole("gatehouse.admin.ipv6-prefix", 1, MAX_PREFIX).orElse(64L).intValue(),
        KeySetPlaces.read(values));
  }

  private static String store(PropertyReader values, List<String> stores) {
    String name = "gatehouse.store";
    if (!stores.contains(JPA)
        && values.text(name).map(String::strip).filter(JPA::equals).isPresent()) {
      values.report(
          name,
          "is jpa, and the application has no dev.gatehouse:gatehouse-jpa-store; add this artifact");
      return MEMORY;
    }
    return values.choice(name, stores);
  }

  private static boolean isTrue(PropertyReader values, String name) {
    return values.choice(name, List.of("false", "true")).equals("true");
  }

  private static PreviousKeys previousKeys(PropertyReader values) {
    Optional<String> text = values.text(PreviousKeys.SETTING);
    try {
      if (text.isPresent() && values.text(MASTER_KEY).isEmpty()) {
        values.report(PreviousKeys.SETTING, "needs " + MASTER_KEY + ", which is not set");
      }
      return text.map(PreviousKeys::of).orElse(PreviousKeys.NONE);
    } catch (ConfigException e) {
      e.problems().forEach(one -> values.report(PreviousKeys.SETTING, one.message()));
      return PreviousKeys.NONE;
    }
  }

  private static ClientAddress clients(PropertyReader values) {
    String name = "gatehouse.trusted-proxies";
    List<IpRange> trusted =
        ProxyList.read(
            values.text(name).map(text -> List.of(text.split(",", -1))).orElse(List.of()),
            problem -> values.report(name, problem));
    String usual = ClientAddress.Header.X_FORWARDED_FOR.word();
    String standard = ClientAddress.Header.FORWARDED.word();
    String chosen = values.choice("gatehouse.forwarded-header", List.of(usual, standard));
    return new ClientAddress(
        trusted,
        chosen.equals(standard)
            ? ClientAddress.Header.FORWARDED
            : ClientAddress.Header.X_FORWARDED_FOR);
  }

  private static Cache cache(PropertyReader values) {
    return new Cache(
        values.whole("gatehouse.store.cache.max-entries", 1, MAX_ENTRIES).orElse(100_000L),
        millis(values, "gatehouse.store.cache.max-age", 1_000),
        millis(values, "gatehouse.store.poll-interval", 500),
        millis(values, "gatehouse.store.timeout", 1_000),
        Duration.ofSeconds(values.whole("gatehouse.max-staleness", 1, MAX_SECONDS).orElse(300L)),
        preload(values),
        Duration.ofSeconds(
            values.whole("gatehouse.store.last-used-interval", 1, MAX_SECONDS).orElse(60L)),
        values.choice("gatehouse.store.hints", List.of("none", "notify", "redis", "hazelcast")));
  }

  private static ChangeFeed.Preloading preload(PropertyReader values) {
    String word = values.choice("gatehouse.store.preload", List.of("auto", "all", "none"));
    return ChangeFeed.Preloading.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Duration millis(PropertyReader values, String name, long usual) {
    return Duration.ofMillis(values.whole(name, 1, MAX_SECONDS * 1000).orElse(usual));
  }

  private static Profile profile(String name) {
    return name.equals(Profile.API7.settingName()) ? Profile.API7 : Profile.STRICT;
  }
}
