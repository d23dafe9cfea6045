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
import dev.gatehouse.spi.store.ConsumerStoreProvider;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the product itself, as far as no store provider reads them.
 *
 * @param profile {@code gatehouse.profile}: which defaults hold
 * @param masterKey {@code gatehouse.master-key}: at least 32 bytes
 * @param previousKeys {@code gatehouse.master-key.previous}: those that were in use before
 * @param roleLabel {@code gatehouse.role-label}: the Consumer's label that lists its roles
 * @param containerIdentity {@code gatehouse.container-identity}: whether the container's security
 *     is told who calls
 * @param taggedConsumers {@code gatehouse.metrics.consumers}: how many Consumers may be told apart
 *     in measurements
 * @param reloadInterval {@code gatehouse.reload-interval}: how often the file is looked at, given
 *     in seconds; empty means never
 * @param store {@code gatehouse.store}: {@code memory} or the name of a provider
 * @param config {@code gatehouse.config}: where the file is; empty means the default, which need
 *     not be there
 * @param routes what is expected of Routes
 * @param allowJsessionid {@code gatehouse.allow-jsessionid}: whether a path may end in it
 * @param cache {@code gatehouse.store.cache.*}, {@code gatehouse.store.poll-interval}, {@code
 *     gatehouse.store.timeout}, {@code gatehouse.max-staleness}, {@code gatehouse.store.preload},
 *     {@code gatehouse.store.last-used-interval}, {@code gatehouse.store.hints}
 * @param limits {@code gatehouse.limits.*}
 * @param clients {@code gatehouse.trusted-proxies}, {@code gatehouse.forwarded-header}: who is
 *     believed about whom it serves, and where it says so
 * @param adminKeys {@code gatehouse.admin-keys}: who may manage Consumers over HTTP
 * @param adminIpv6Prefix {@code gatehouse.admin.ipv6-prefix}: the bits of an IPv6 address by which
 *     wrong admin keys are counted
 * @param adminKeySets {@code gatehouse.admin.jwks-hosts}: where key sets may be that are named over
 *     HTTP
 */
public record GatehouseProperties(
    Profile profile,
    Optional<Secret> masterKey,
    PreviousKeys previousKeys,
    String roleLabel,
    boolean containerIdentity,
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

  /** The value of {@code gatehouse.store} that needs no provider. */
  public static final String MEMORY = "memory";

  private static final String JPA = "jpa";

  /** The file that is read when {@code gatehouse.config} is not set. */
  public static final String DEFAULT_CONFIG = "/WEB-INF/gatehouse.yaml";

  /** Whether an application must have Routes. */
  public static final String ROUTES = "gatehouse.routes";

  /** The value of {@link #ROUTES} of an application that wants none. */
  public static final String NO_ROUTES = "none";

  /** Whether patterns may begin with the context path. */
  public static final String REPEATS_CONTEXT_PATH = "gatehouse.routes.repeat-context-path";

  /** Whether the container's security is told who calls. */
  public static final String CONTAINER_IDENTITY = "gatehouse.container-identity";

  private static final String MASTER_KEY = "gatehouse.master-key";
  private static final long MAX_PREFIX = 128;
  private static final long MAX_SECONDS = 86_400;
  private static final long MAX_TAGGED = 10_000;
  private static final long MAX_ENTRIES = 100_000_000;

  /**
   * How much of a store is kept in memory, and how long, and how long it is waited for.
   *
   * @param maxEntries the most Credentials, as many Consumers, and as many unknown keys apart
   * @param maxAge the age at which a store without a change feed is asked again
   * @param pollInterval between two looks at the change feed
   * @param timeout for one answer of the store
   * @param maxStaleness how long known callers are served while the store is away
   * @param preload who is in memory from the start
   * @param lastUsedInterval between two writes of when Credentials were used
   * @param hints who tells when it is worth to look at the change feed: {@code none}, {@code
   *     notify}, {@code redis} or {@code hazelcast}
   */
  public record Cache(
      long maxEntries,
      Duration maxAge,
      Duration pollInterval,
      Duration timeout,
      Duration maxStaleness,
      Stores.Preloading preload,
      Duration lastUsedInterval,
      String hints) {}

  /**
   * What is expected of Routes.
   *
   * @param required {@code gatehouse.routes}: whether the application must have a Route
   * @param repeatContextPath {@code gatehouse.routes.repeat-context-path}: whether patterns may
   *     begin with the context path
   */
  public record Expectation(boolean required, boolean repeatContextPath) {}

  /**
   * What may be named.
   *
   * @param stores beside the one in memory
   * @param engines through which nodes count together
   */
  public record Offers(List<ConsumerStoreProvider> stores, List<SharedSlotsProvider> engines) {}

  /**
   * Reads the settings, and reports what is wrong or unknown.
   *
   * @param offers the stores and engines that may be named; their settings are known too
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

  /** The digest under which lookup values are stored. */
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
        values.choice(CONTAINER_IDENTITY, List.of("true", "false")).equals("true"),
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
      values.mistake(
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
        values.mistake(PreviousKeys.SETTING, "needs " + MASTER_KEY + ", which is not set");
      }
      return text.map(PreviousKeys::of).orElse(PreviousKeys.NONE);
    } catch (ConfigException e) {
      e.problems().forEach(one -> values.mistake(PreviousKeys.SETTING, one.message()));
      return PreviousKeys.NONE;
    }
  }

  private static ClientAddress clients(PropertyReader values) {
    String name = "gatehouse.trusted-proxies";
    List<IpRange> trusted =
        ProxyList.read(
            values.text(name).map(text -> List.of(text.split(",", -1))).orElse(List.of()),
            problem -> values.mistake(name, problem));
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

  private static Stores.Preloading preload(PropertyReader values) {
    String word = values.choice("gatehouse.store.preload", List.of("auto", "all", "none"));
    return Stores.Preloading.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Duration millis(PropertyReader values, String name, long usual) {
    return Duration.ofMillis(values.whole(name, 1, MAX_SECONDS * 1000).orElse(usual));
  }

  private static Profile profile(String name) {
    return name.equals(Profile.API7.settingName()) ? Profile.API7 : Profile.STRICT;
  }
}
