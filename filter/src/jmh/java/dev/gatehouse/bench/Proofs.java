package dev.gatehouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Profile;
import dev.gatehouse.Route;
import dev.gatehouse.Secret;
import dev.gatehouse.contract.ConfiguredRoutes;
import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.plugin.ConfiguredPlugins;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.ConsumerStore;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoredCredential;
import dev.gatehouse.store.Stores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gates with one caller, to measure one kind of credential at a time; their clock does not move.
 */
final class Proofs {
  static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  static final Secret SECRET = Secret.of("a secret of benchmarks, longer than 32 bytes");

  private Proofs() {}

  /** Returns a gate that asks one plugin, over a store that one function is. */
  static Gate gate(String plugin, ConsumerStore store) {
    PluginSet plugins = PluginSet.of(Map.of(plugin, PluginSettings.EMPTY));
    PluginRegistry registry = new PluginRegistry(CredentialPlugins.builtIn(), List.of(), parts());
    return Gate.open(
        new Gate.Setup(
            ConfiguredRoutes.of(
                registry, List.of(new Route("orders", List.of("/orders/*"), Set.of(), plugins))),
            registry,
            store,
            LookupDigest.plain(),
            GateListener.NONE,
            false,
            ConfiguredPlugins.NONE,
            Map.of()));
  }

  /** Returns what a store holds of a Credential with these settings. */
  static StoredCredential stored(String plugin, Map<String, ?> settings) {
    ConfigProblems mistakes = new ConfigProblems();
    CredentialPlugin<?> found =
        CredentialPlugins.builtIn().stream()
            .filter(one -> one.name().equals(plugin))
            .findFirst()
            .orElseThrow();
    EnrolledCredential form =
        found.readCredential(PluginSettings.of(settings).read(plugin, mistakes), parts());
    mistakes.throwIfAny();
    return new StoredCredential(
        Credential.of("main", plugin).build(), Consumer.named("acme").build(), form.kept());
  }

  static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String base64Url(String text) {
    return base64Url(text.getBytes(UTF_8));
  }

  private static PluginServices parts() {
    InstantSource clock = InstantSource.fixed(NOW);
    return new PluginServices(Profile.STRICT, Stores.localLimits(1000), clock, clock);
  }

  /**
   * A store of one caller.
   *
   * @param key the digest of what finds it
   * @param one what is found
   */
  record OneCaller(LookupKey key, StoredCredential one) implements ConsumerStore {
    static OneCaller of(String value, StoredCredential one) {
      return new OneCaller(LookupDigest.plain().of(value), one);
    }

    @Override
    public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
      return lookup.equals(key) ? one : null;
    }

    @Override
    public @Nullable Consumer consumer(String username) {
      return null;
    }
  }
}
