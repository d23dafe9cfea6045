package dev.gatehouse.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Profile;
import dev.gatehouse.Route;
import dev.gatehouse.contract.ConfiguredRoutes;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.plugin.AttemptGuard;
import dev.gatehouse.internal.plugin.ConfiguredPlugins;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.restrict.Interceptors;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.RequestGuard;
import dev.gatehouse.store.Stores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * No identity or attached header of a client changes a decision, whichever plugin asks for it, as a
 * variable, in an expression, in a schema or as a key.
 */
class ClientHeadersProperties {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));
  private static final List<String> OWN =
      List.of("X-Consumer-Username", "X-Credential-Identifier", "X-Consumer-Custom-ID", "X-Tier");

  /** A plugin and one way in which its settings ask for a header. */
  record Asking(String plugin, String way) {}

  private static final Map<String, Map<String, Object>> SETTINGS =
      Map.ofEntries(
          Map.entry("client-control", Map.of("max_body_size", 1)),
          Map.entry("ip-restriction", Map.of("blacklist", List.of("192.0.2.1"))),
          Map.entry("ua-restriction", Map.of("denylist", List.of("probe"))),
          Map.entry("referer-restriction", Map.of("blacklist", List.of("example.com"))),
          Map.entry("uri-blocker", Map.of("block_rules", List.of("orders"))),
          Map.entry(
              "request-validation",
              Map.of("header_schema", Map.of("required", List.of("x-never-there")))),
          Map.entry("acl", Map.of("deny_labels", Map.of("tier", List.of("gold")))),
          Map.entry("consumer-restriction", Map.of("blacklist", List.of("acme"))),
          Map.entry("attach-consumer-label", Map.of("headers", Map.of("X-More", "$tier"))),
          Map.entry(
              "workflow",
              Map.of(
                  "rules",
                  List.of(Map.of("actions", List.of(List.of("return", Map.of("code", 403))))))),
          Map.entry(
              "limit-conn",
              Map.of("conn", 1, "burst", 0, "default_conn_delay", 1, "key", "remote_addr")),
          Map.entry("limit-count", Map.of("count", 1, "time_window", 60)),
          Map.entry("limit-req", Map.of("rate", 1, "burst", 0, "key", "remote_addr")));

  @Property(tries = 1_000)
  void clientsHeader_changesNoDecision(
      @ForAll("askings") Asking asking,
      @ForAll("headers") String header,
      @ForAll("values") String value) {
    assertEquals(decisions(asking, header), decisions(asking, header, header, value));
    assertEquals(
        decisions(asking, header), decisions(asking, header, header.replace('-', '_'), value));
  }

  /** The same ways notice a header that is the client's own, so they do look. */
  @Example
  void headerOfTheClient_mayChangeADecision() {
    for (Asking asking : all()) {
      assertNotEquals(
          decisions(asking, "X-Other"),
          decisions(asking, "X-Other", "X-Other", "2"),
          asking::toString);
    }
  }

  /** Guards decide before authentication and have no filter. */
  @Example
  void examples_coverEveryPlugin() {
    Set<String> names =
        Interceptors.builtIn().stream()
            .filter(one -> !(one instanceof AttemptGuard<?>) && !(one instanceof RequestGuard<?>))
            .map(ConsumerInterceptor::name)
            .collect(Collectors.toSet());
    assertEquals(names, SETTINGS.keySet());
  }

  @Provide
  Arbitrary<Asking> askings() {
    return Arbitraries.of(all());
  }

  @Provide
  Arbitrary<String> headers() {
    return Arbitraries.of(OWN)
        .flatMap(
            name ->
                Arbitraries.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.of("acme", "admin", "gold", "main", "7", "1", "2", "", "0"),
        Arbitraries.strings().ascii().ofMaxLength(12));
  }

  private static List<Asking> all() {
    List<Asking> all = new ArrayList<>();
    SETTINGS.keySet().forEach(plugin -> all.add(new Asking(plugin, "filter")));
    all.add(new Asking("workflow", "expression"));
    all.add(new Asking("request-validation", "schema"));
    for (String limit : List.of("limit-count", "limit-conn", "limit-req")) {
      all.add(new Asking(limit, "var"));
      all.add(new Asking(limit, "var_combination"));
    }
    all.add(new Asking("limit-count", "rules"));
    all.add(new Asking("limit-conn", "rules"));
    all.add(new Asking("key-auth", "header"));
    return all;
  }

  /** Returns two callers and three requests, and what was decided about each. */
  private static List<String> decisions(Asking asking, String asked, String... sent) {
    Gate gate = gate(asking, asked);
    List<String> decisions = new ArrayList<>();
    for (String key : List.of("acme-key", "admin-key", "acme-key", "nobody")) {
      FakeRequest request =
          FakeRequest.get("/orders?apikey=" + key)
              .header("Host", "example.com")
              .header("User-Agent", "probe")
              .header("Referer", "https://example.com/")
              .body("two");
      for (int i = 0; i < sent.length; i += 2) {
        String value = sent[i + 1] + (decisions.isEmpty() ? "" : decisions.size());
        request.header(sent[i], value);
      }
      decisions.add(text(gate.admit(request, Admission.NONE)));
    }
    return decisions;
  }

  private static String text(Verdict verdict) {
    if (verdict instanceof Verdict.Refuse refuse) {
      return "refused " + refuse.reply();
    }
    Verdict.Admit admit = (Verdict.Admit) verdict;
    Admission admission = admit.admission();
    Map<String, Optional<String>> seen = new LinkedHashMap<>();
    admission
        .ownHeaderNames()
        .forEach(name -> seen.put(name, Optional.ofNullable(admission.ownHeader(name))));
    return "admitted " + seen + admit.headers() + admit.delay();
  }

  private static Map<String, Object> settings(Asking asking, String header) {
    String variable = "http_" + header.toLowerCase(Locale.ROOT).replace('-', '_');
    Map<String, Object> settings = new HashMap<>(SETTINGS.getOrDefault(asking.plugin(), Map.of()));
    switch (asking.way()) {
      case "filter" ->
          settings.put("_meta", Map.of("filter", List.of(List.of(variable, "~~", "^[02]"))));
      case "expression" ->
          settings.put(
              "rules",
              List.of(
                  Map.of(
                      "case",
                      List.of(List.of(variable, "==", "2")),
                      "actions",
                      List.of(List.of("return", Map.of("code", 403))))));
      case "schema" ->
          settings.put(
              "header_schema",
              Map.of(
                  "properties", Map.of(header.toLowerCase(Locale.ROOT), Map.of("minLength", 2))));
      case "var" -> settings.put("key", variable);
      case "var_combination" -> {
        settings.put("key_type", "var_combination");
        settings.put("key", "${" + variable + " ?? none} $remote_addr");
      }
      case "rules" -> {
        boolean counts = asking.plugin().equals("limit-count");
        Map<String, Object> rule =
            new HashMap<>(
                counts ? Map.of("count", 1, "time_window", 60) : Map.of("conn", 1, "burst", 0));
        rule.put("key", "$" + variable);
        settings.keySet().retainAll(Set.of("default_conn_delay"));
        settings.put("rules", List.of(rule));
      }
      default -> settings.put("header", header);
    }
    return settings;
  }

  private static Gate gate(Asking asking, String header) {
    TestGates people = new TestGates();
    people.credential(
        Consumer.named("acme").label("tier", "gold").build(),
        "acme-key",
        Credential.of("main", "key-auth").build());
    people.credential(
        Consumer.named("admin").label("custom_id", "7").build(),
        "admin-key",
        Credential.of("root", "key-auth").build());
    Map<String, PluginSettings> plugins = new LinkedHashMap<>();
    plugins.put("key-auth", PluginSettings.EMPTY);
    plugins.put(
        "attach-consumer-label", PluginSettings.of(Map.of("headers", Map.of("X-Tier", "$tier"))));
    Map<String, Object> settings = settings(asking, header);
    if (asking.plugin().equals("attach-consumer-label")) {
      settings.put("headers", Map.of("X-Tier", "$tier", "X-More", "$tier"));
    }
    plugins.put(asking.plugin(), PluginSettings.of(settings));
    PluginRegistry registry =
        new PluginRegistry(
            CredentialPlugins.builtIn(),
            Interceptors.builtIn(),
            new PluginServices(
                Profile.STRICT,
                Stores.localLimits(1_000),
                CLOCK,
                CLOCK,
                Optional.empty(),
                Interceptors.conditions()));
    return Gate.open(
        new Gate.Setup(
            ConfiguredRoutes.of(
                registry,
                List.of(new Route("orders", List.of("/orders"), Set.of(), PluginSet.of(plugins)))),
            registry,
            people,
            LookupDigest.plain(),
            GateListener.NONE,
            false,
            ConfiguredPlugins.NONE,
            Map.of()));
  }
}
