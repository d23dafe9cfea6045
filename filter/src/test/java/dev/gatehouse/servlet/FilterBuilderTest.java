package dev.gatehouse.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.Profile;
import dev.gatehouse.Secret;
import dev.gatehouse.contract.MemorySlots;
import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.restrict.Interceptors;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.store.Stores;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A builder refuses a second value for the same thing, as the file refuses a member given twice.
 */
class FilterBuilderTest {
  private static final String DIGEST = "0".repeat(64);
  private static final Secret MASTER_KEY = Secret.of("0123456789abcdef0123456789abcdef");

  private static final ManagedCluster CLUSTER =
      Stores.join(
          new MemorySlots(Clock.systemUTC()),
          new Stores.Sharing("builder", Duration.ofSeconds(1), 10),
          Clock.systemUTC(),
          "");

  @AfterAll
  static void leaveCluster() {
    CLUSTER.close();
  }

  private static Arguments twice(String method, UnaryOperator<FilterBuilder> call, String message) {
    return Arguments.of(method, call, message);
  }

  private static Arguments inRoute(UnaryOperator<FilterBuilder.RouteSpec> call, String message) {
    return twice("route", b -> b.route(r -> call.apply(call.apply(r))), message);
  }

  private static Arguments inConsumer(
      UnaryOperator<FilterBuilder.ConsumerSpec> call, String message) {
    return twice("consumer", b -> b.consumer("acme", c -> call.apply(call.apply(c))), message);
  }

  static Stream<Arguments> calls() {
    ConsumerRepository store = Stores.memory(plugin -> "key");
    return Stream.of(
        twice("store", b -> b.store(store), "store was already set"),
        twice("counters", b -> b.counters(Stores.localLimits(9)), "counters was already set"),
        twice("maxKeys", b -> b.maxKeys(5), "maxKeys was already set to 5"),
        twice("adminKey", b -> b.adminKey("ops", DIGEST), "adminKey ops was already set"),
        twice("viewerKey", b -> b.viewerKey("ops", DIGEST), "adminKey ops was already set"),
        twice(
            "profile",
            b -> b.profile(Profile.STRICT),
            "profile was already set to " + Profile.STRICT),
        twice("masterKey", b -> b.masterKey(MASTER_KEY), "masterKey was already set"),
        twice("roleLabel", b -> b.roleLabel("r"), "roleLabel was already set to r"),
        twice("allowJsessionid", FilterBuilder::allowJsessionid, "allowJsessionid was already set"),
        twice(
            "trustedProxies",
            b -> b.trustedProxies("10.0.0.0/8"),
            "trustedProxies was already set"),
        twice("forwardedHeader", FilterBuilder::forwardedHeader, "forwardedHeader was already set"),
        twice("maxWaiting", b -> b.maxWaiting(3), "maxWaiting was already set to 3"),
        twice(
            "credentialPlugin",
            b -> b.credentialPlugin(CredentialPlugins.builtIn().get(0)),
            "credentialPlugin " + CredentialPlugins.builtIn().get(0).name() + " was already set"),
        twice(
            "interceptor",
            b -> b.interceptor(Interceptors.builtIn().get(0)),
            "interceptor " + Interceptors.builtIn().get(0).name() + " was already set"),
        twice(
            "consumersInMetrics",
            b -> b.consumersInMetrics(7),
            "consumersInMetrics was already set to 7"),
        twice("clock", b -> b.clock(Clock.systemUTC()), "clock was already set"),
        twice("ticker", b -> b.ticker(Clock.systemUTC()), "ticker was already set"),
        twice("cluster", b -> b.cluster(CLUSTER), "cluster was already set"),
        twice("plugin", b -> b.plugin("cors", "{}"), "plugins.cors was already set"),
        twice(
            "groupPlugin",
            b -> b.groupPlugin("gold", "cors", "{}"),
            "consumer_groups[gold].plugins.cors was already set"),
        twice("consumer", b -> b.consumer("acme", c -> c), "consumer acme was already set"),
        inRoute(r -> r.name("orders"), "name was already set to orders"),
        inRoute(r -> r.uri("/*"), "uri /* was already set"),
        inRoute(r -> r.method("GET"), "method GET was already set"),
        inRoute(r -> r.plugin("cors", "{}"), "routes[0].plugins.cors was already set"),
        inConsumer(c -> c.label("tier", "gold"), "label tier was already set to gold"),
        inConsumer(c -> c.group("gold"), "group was already set to gold"),
        inConsumer(c -> c.plugin("cors", "{}"), "consumers[acme].plugins.cors was already set"),
        inConsumer(
            c -> c.credential("main", "key-auth", "{\"key\": \"k\"}"),
            "credential main was already set"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("calls")
  void secondCall_isRefused(String method, UnaryOperator<FilterBuilder> call, String message) {
    FilterBuilder builder = ConsumerFilter.builder();
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> call.apply(call.apply(builder)));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void bothStoreMethods_areEquivalent() {
    ConsumerRepository store = Stores.memory(plugin -> "key");
    ChangeFeed.Tracking watching =
        new ChangeFeed.Tracking(
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            ChangeFeed.Preloading.NONE,
            Duration.ofSeconds(1),
            false);
    FilterBuilder builder = ConsumerFilter.builder().store(store);
    assertThrows(IllegalStateException.class, () -> builder.store(store, watching));
  }

  @Test
  void everyMethod_isTried() {
    Set<String> repeatable =
        Set.of("build", "configuration", "installedListeners", "listener", "route");
    Set<String> tried =
        calls().map(each -> (String) each.get()[0]).collect(Collectors.toCollection(TreeSet::new));
    tried.addAll(repeatable);
    assertEquals(
        Arrays.stream(FilterBuilder.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new)),
        tried);
  }
}
