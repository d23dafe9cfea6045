package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Profile;
import dev.gatehouse.Route;
import dev.gatehouse.contract.ConfiguredRoutes;
import dev.gatehouse.contract.TestServices;
import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.plugin.ConfiguredPlugins;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.ConsumerStore;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A gate under test, its parts written by hand and open to the test. */
final class TestGates implements ConsumerStore {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  final LookupDigest digest = LookupDigest.plain();
  final Map<LookupKey, StoredCredential> credentials = new HashMap<>();
  final Map<String, Consumer> consumers = new HashMap<>();
  final List<Route> routes = new ArrayList<>();
  final List<String> heard = new ArrayList<>();
  final AtomicInteger held = new AtomicInteger();
  @Nullable RuntimeException broken;
  Profile profile = Profile.STRICT;

  TestGates consumer(Consumer consumer, String... keys) {
    consumers.put(consumer.username(), consumer);
    for (String key : keys) {
      credential(consumer, key, Credential.of("id-" + key, "key-auth").build());
    }
    return this;
  }

  TestGates credential(Consumer consumer, String key, Credential credential) {
    consumers.put(consumer.username(), consumer);
    credentials.put(
        digest.of(key), new StoredCredential(credential, consumer, PluginSettings.EMPTY));
    return this;
  }

  TestGates route(String uri, PluginSet plugins) {
    routes.add(new Route("r" + routes.size(), List.of(uri), Set.of(), plugins));
    return this;
  }

  Gate open() {
    PluginRegistry plugins =
        new PluginRegistry(
            CredentialPlugins.builtIn().stream()
                .filter(plugin -> plugin.name().equals("key-auth"))
                .toList(),
            List.of(new Mark("first", 30), new Mark("second", 20), new Mark("third", 10)),
            TestServices.of(profile, InstantSource.fixed(NOW)));
    return Gate.open(
        new Gate.Setup(
            ConfiguredRoutes.of(plugins, routes),
            plugins,
            this,
            digest,
            new GateListener() {
              @Override
              public void refused(String route, String plugin, int status, String reason) {
                heard.add(plugin + " " + status + " " + reason);
              }
            },
            false,
            ConfiguredPlugins.NONE,
            Map.of()));
  }

  /** Plugins from pairs of a name and one setting's text; {@code key-auth} takes no setting. */
  static PluginSet plugins(String... namesAndDoes) {
    Map<String, PluginSettings> set = new LinkedHashMap<>();
    for (int i = 0; i < namesAndDoes.length; i += 2) {
      String does = namesAndDoes[i + 1];
      set.put(
          namesAndDoes[i],
          does.isEmpty() ? PluginSettings.EMPTY : PluginSettings.of(Map.of("does", does)));
    }
    return PluginSet.of(set);
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    if (broken != null) {
      throw broken;
    }
    return credentials.get(lookup);
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    if (broken != null) {
      throw broken;
    }
    return consumers.get(username);
  }

  /** Does what its one setting says and adds a header that names the owner of the setting. */
  private final class Mark implements ConsumerInterceptor<String> {
    private final String name;
    private final int priority;

    Mark(String name, int priority) {
      this.name = name;
      this.priority = priority;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public String configure(SettingsReader settings, PluginServices parts) {
      return settings.choice("does", List.of("allow", "deny", "hold", "throw"), "allow");
    }

    @Override
    public Decision check(String does, InterceptedRequest call) {
      if (does.equals("deny")) {
        return new Decision.Deny(Reply.message(403, name + " says no"), "set to deny");
      }
      if (does.equals("throw")) {
        throw new IllegalStateException(name + " is broken");
      }
      Header header = new Header(name, call.owner().layer() + ":" + call.owner().name());
      if (does.equals("hold")) {
        held.incrementAndGet();
        return Decision.Allow.builder()
            .headers(List.of(header))
            .permit(held::decrementAndGet)
            .build();
      }
      return Decision.Allow.headers(List.of(header));
    }
  }
}
