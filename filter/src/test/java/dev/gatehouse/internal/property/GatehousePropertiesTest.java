package dev.gatehouse.internal.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.internal.config.TestPlugins;
import dev.gatehouse.internal.http.IpRange;
import dev.gatehouse.internal.request.ClientAddress;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerStoreProvider;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GatehousePropertiesTest {
  private static final String KEY = "s3cr3t-s3cr3t-s3cr3t-s3cr3t-s3cr3t";
  private static final String KNOWN =
      "gatehouse.profile, gatehouse.master-key, gatehouse.master-key.previous,"
          + " gatehouse.role-label, gatehouse.container-identity, gatehouse.metrics.consumers,"
          + " gatehouse.reload-interval,"
          + " gatehouse.store, gatehouse.config, gatehouse.routes,"
          + " gatehouse.routes.repeat-context-path, gatehouse.allow-jsessionid,"
          + " gatehouse.store.cache.max-entries,"
          + " gatehouse.store.cache.max-age, gatehouse.store.poll-interval,"
          + " gatehouse.store.timeout, gatehouse.max-staleness, gatehouse.store.preload,"
          + " gatehouse.store.last-used-interval, gatehouse.store.hints,"
          + " gatehouse.limits.max-keys,"
          + " gatehouse.limits.max-waiting, gatehouse.limits.backend, gatehouse.limits.namespace,"
          + " gatehouse.limits.timeout, gatehouse.trusted-proxies, gatehouse.forwarded-header,"
          + " gatehouse.admin-keys, gatehouse.admin.ipv6-prefix, gatehouse.admin.jwks-hosts,"
          + " gatehouse.data-source,"
          + " gatehouse.limits.redis.uri, gatehouse.limits.hazelcast.instance";

  private final ConfigProblems mistakes = new ConfigProblems();

  @Test
  void read_whenNothingIsSet_givesTheDefaults() {
    GatehouseProperties settings = read(Map.of());
    assertEquals(Profile.STRICT, settings.profile());
    assertEquals(Optional.empty(), settings.masterKey());
    assertFalse(settings.digest().keyed());
    assertEquals("roles", settings.roleLabel());
    assertEquals(Optional.empty(), settings.reloadInterval());
    assertEquals("memory", settings.store());
    assertEquals(Optional.empty(), settings.config());
    assertFalse(settings.allowJsessionid());
    assertEquals(
        new GatehouseProperties.Cache(
            100_000,
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            ChangeFeed.Preloading.AUTO,
            Duration.ofMinutes(1),
            "none"),
        settings.cache());
    assertEquals(
        new LimitProperties(200_000, 0, "none", Optional.empty(), Duration.ofMillis(50)),
        settings.limits());
    assertEquals(List.of(), settings.clients().trusted());
    assertEquals(List.of(), found());
  }

  @Test
  void read_whenProxiesAreTrusted_takesTheirAddresses() {
    GatehouseProperties settings =
        read(Map.of("gatehouse.trusted-proxies", "10.0.0.0/8, 2001:db8::1,192.0.2.1"));
    assertEquals(
        List.of(
            IpRange.parse("10.0.0.0/8"), IpRange.parse("2001:db8::1"), IpRange.parse("192.0.2.1")),
        settings.clients().trusted());
  }

  @Test
  void read_whenEverythingIsSet_takesIt() {
    GatehouseProperties settings =
        read(
            Map.of(
                "gatehouse.profile", "api7",
                "gatehouse.master-key", KEY,
                "gatehouse.role-label", "groups",
                "gatehouse.reload-interval", "5",
                "gatehouse.store", "jpa",
                "gatehouse.config", "file:///etc/gatehouse.yaml",
                "gatehouse.allow-jsessionid", "true",
                "gatehouse.limits.max-keys", "9"));
    assertEquals(
        ClientAddress.Header.FORWARDED,
        read(Map.of("gatehouse.forwarded-header", "forwarded")).clients().header());
    assertEquals(ClientAddress.Header.X_FORWARDED_FOR, settings.clients().header());
    assertEquals(
        new LimitProperties(9, 7, "redis", Optional.of("shop"), Duration.ofMillis(20)),
        read(Map.of(
                "gatehouse.limits.max-keys", "9",
                "gatehouse.limits.max-waiting", "7",
                "gatehouse.limits.backend", "redis",
                "gatehouse.limits.redis.uri", "redis://localhost",
                "gatehouse.limits.namespace", "shop",
                "gatehouse.limits.timeout", "20"))
            .limits());
    assertEquals(Profile.API7, settings.profile());
    assertTrue(settings.digest().keyed());
    assertEquals("groups", settings.roleLabel());
    assertEquals(Optional.of(Duration.ofSeconds(5)), settings.reloadInterval());
    assertEquals("jpa", settings.store());
    assertEquals(Optional.of("file:///etc/gatehouse.yaml"), settings.config());
    assertTrue(settings.allowJsessionid());
    assertEquals(
        new GatehouseProperties.Cache(
            7,
            Duration.ofMillis(250),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMinutes(1),
            ChangeFeed.Preloading.ALL,
            Duration.ofSeconds(9),
            "notify"),
        read(Map.of(
                "gatehouse.store.cache.max-entries", "7",
                "gatehouse.store.cache.max-age", "250",
                "gatehouse.store.hints", "notify",
                "gatehouse.store.last-used-interval", "9",
                "gatehouse.store.poll-interval", "100",
                "gatehouse.store.timeout", "200",
                "gatehouse.max-staleness", "60",
                "gatehouse.store.preload", "all"))
            .cache());
    assertEquals(9, settings.limits().maxKeys());
    assertEquals(List.of(), found());
    assertFalse(settings.toString().contains("s3cr3t"));
  }

  static Stream<Arguments> wrong() {
    String place = "context-param: ";
    return Stream.of(
        Arguments.of(
            "gatehouse.profile",
            "stict",
            place + "gatehouse.profile: must be one of strict, api7, was \"stict\""),
        Arguments.of(
            "gatehouse.store",
            "jap",
            place + "gatehouse.store: must be one of memory, jpa, was \"jap\""),
        Arguments.of(
            "gatehouse.allow-jsessionid",
            "yes",
            place + "gatehouse.allow-jsessionid: must be one of false, true, was \"yes\""),
        Arguments.of(
            "gatehouse.reload-interval",
            "0",
            place + "gatehouse.reload-interval: must be a whole number from 1 to 86400, was \"0\""),
        Arguments.of(
            "gatehouse.limits.max-keys",
            "1e9",
            place
                + "gatehouse.limits.max-keys:"
                + " must be a whole number from 1 to 100000000, was \"1e9\""),
        Arguments.of(
            "gatehouse.trusted-proxies",
            "10.0.0.0/8, proxy",
            place
                + "gatehouse.trusted-proxies: \" proxy\" must be an IPv4 or IPv6 address, or one"
                + " with a prefix as in 10.0.0.0/8"),
        Arguments.of(
            "gatehouse.master-key",
            "s3cr3t",
            place + "gatehouse.master-key: must have at least 32 bytes, had 6"),
        Arguments.of(
            "gatehouse.master-key",
            "${GATEHOUSE_MASTER_KEY_OF_32_BYTES}",
            place
                + "gatehouse.master-key: has the form of a placeholder of another system (${NAME}),"
                + " which Gatehouse does not replace; use $env://NAME or $file:///path in the"
                + " configuration file, or $text:// before a secret that really is this text"),
        Arguments.of(
            "gatehouse.master-key",
            "$env://NONE",
            place + "gatehouse.master-key: environment variable NONE is not set"),
        Arguments.of(
            "gatehouse.master-key.previous",
            KEY,
            place + "gatehouse.master-key.previous: needs gatehouse.master-key, which is not set"),
        Arguments.of(
            "gatehouse.profile",
            "$env://SHORT",
            place + "gatehouse.profile: must be one of strict, api7"),
        Arguments.of(
            "gatehouse.role-label", " ", place + "gatehouse.role-label: must not be empty"),
        Arguments.of(
            "gatehouse.profil",
            "s3cr3t",
            place + "gatehouse.profil: is not known; known are " + KNOWN),
        Arguments.of(
            "Gatehouse.profile",
            "api7",
            place + "Gatehouse.profile: is not known; known are " + KNOWN));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void read_whenASettingIsWrong_namesThePlaceAndWhatIsAllowed(
      String name, String value, String expected) {
    read(Map.of(name, value, "other", "ignored"));
    assertEquals(List.of(expected), found());
    assertFalse(found().toString().contains("s3cr3t"));
  }

  @Test
  void read_whenTheJarOfTheStoreIsMissing_namesTheArtifact() {
    PropertySource place = PropertySource.of("context-param", Map.of("gatehouse.store", "jpa"));
    GatehouseProperties.read(
        sources(List.of(place)), new GatehouseProperties.Offers(List.of(), List.of()), mistakes);
    assertEquals(
        List.of(
            "context-param: gatehouse.store: is jpa, and the application has no"
                + " dev.gatehouse:gatehouse-jpa-store; add this artifact"),
        found());
  }

  @Test
  void read_whenTwoSettingsAreWrong_reportsBoth() {
    read(Map.of("gatehouse.profile", "x", "gatehouse.limits.max-keys", "-1"));
    assertEquals(2, found().size());
  }

  @Test
  void get_asksThePlacesInTheirOrder() {
    PropertySource first = PropertySource.of("web.xml filter 'f'", Map.of("gatehouse.a", "1"));
    Properties properties = new Properties();
    properties.setProperty("gatehouse.a", "2");
    properties.setProperty("gatehouse.b-c", "2");
    PropertySource second = PropertySource.systemProperties(properties);
    PropertySource third =
        PropertySource.environment(
            Map.of("GATEHOUSE_A", "3", "GATEHOUSE_B_C", "3", "GATEHOUSE_D_E_F", "3"));
    PropertySources sources = sources(List.of(first, second, third));
    assertEquals(Optional.of("1"), sources.get("gatehouse.a"));
    assertEquals(Optional.of("2"), sources.get("gatehouse.b-c"));
    assertEquals(Optional.of("3"), sources.get("gatehouse.d.e-f"));
    assertEquals(Optional.empty(), sources.get("gatehouse.x"));
  }

  @Test
  void get_whenReferred_isResolved() {
    PropertySources sources =
        sources(List.of(PropertySource.of("context-param", Map.of("gatehouse.k", "$env://SHORT"))));
    assertEquals(Optional.of("s3cr3t"), sources.get("gatehouse.k"));
  }

  @Test
  void get_whenAReferenceGivesNothing_isReportedOnce() {
    PropertySources sources =
        sources(List.of(PropertySource.of("context-param", Map.of("gatehouse.k", "$env://NONE"))));
    assertEquals(Optional.empty(), sources.get("gatehouse.k"));
    assertEquals(Optional.empty(), sources.get("gatehouse.k"));
    assertEquals(
        List.of("context-param: gatehouse.k: environment variable NONE is not set"), found());
  }

  @Test
  void read_whenAnEnvironmentVariableIsMisspelt_reportsIt() {
    readEnvironment(Map.of("GATEHOUSE_PROFIL", "api7", "GATEHOUSE_PROFILE", "api7", "HOME", "/"));
    assertEquals(
        List.of("environment: GATEHOUSE_PROFIL: is not known; known are " + KNOWN), found());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GATEHOUSE_SERVICE_HOST",
        "GATEHOUSE_SERVICE_PORT",
        "GATEHOUSE_SERVICE_PORT_HTTP",
        "GATEHOUSE_PORT",
        "GATEHOUSE_PORT_8080_TCP",
        "GATEHOUSE_PORT_8080_TCP_ADDR",
        "GATEHOUSE_ADMIN_SERVICE_HOST"
      })
  void read_whenKubernetesSetsAVariableOfAService_ignoresIt(String name) {
    readEnvironment(Map.of(name, "10.0.0.1"));
    assertEquals(List.of(), found());
  }

  @Test
  void read_whenAProviderKnowsASetting_acceptsIt() {
    read(Map.of("gatehouse.data-source", "java:app/jdbc/x"));
    readEnvironment(Map.of("GATEHOUSE_DATA_SOURCE", "java:app/jdbc/x"));
    assertEquals(List.of(), found());
  }

  @Test
  void read_whenTwoPlacesHoldTheSameUnknownName_reportsTheFirstPlaceOnly() {
    Map<String, String> unknown = Map.of("gatehouse.x", "1");
    PropertySource repeating =
        new PropertySource(
            MicroProfileProperties.LABEL,
            unknown::get,
            unknown::keySet,
            PropertySource.Kind.COMBINED);
    GatehouseProperties.read(
        sources(List.of(repeating, PropertySource.of("system property", unknown))),
        new GatehouseProperties.Offers(List.of(), List.of()),
        mistakes);
    assertEquals(1, found().size());
    assertTrue(found().get(0).startsWith("system property: gatehouse.x: is not known"));
  }

  private static final GatehouseProperties.Offers OFFERS =
      new GatehouseProperties.Offers(List.of(new Jpa()), Stores.engines());

  private GatehouseProperties read(Map<String, String> contextParameters) {
    return GatehouseProperties.read(
        sources(List.of(PropertySource.of("context-param", contextParameters))), OFFERS, mistakes);
  }

  private void readEnvironment(Map<String, String> environment) {
    GatehouseProperties.read(
        sources(List.of(PropertySource.environment(environment))), OFFERS, mistakes);
  }

  private PropertySources sources(List<PropertySource> places) {
    return new PropertySources(
        places, TestPlugins.references(Map.of("SHORT", "s3cr3t", "LONG", KEY)), mistakes);
  }

  private List<String> found() {
    return mistakes.found().stream().map(ConfigProblem::toString).toList();
  }

  private static final class Jpa implements ConsumerStoreProvider {
    @Override
    public String name() {
      return "jpa";
    }

    @Override
    public Set<String> settings() {
      return Set.of("gatehouse.data-source");
    }

    @Override
    public Optional<ConsumerRepository> open(
        PropertyLookup lookup, List<ConsumerEntry> seed, ConfigProblems mistakes) {
      throw new IllegalStateException("not opened in these tests");
    }
  }
}
