package dev.gatehouse.servlet;

import dev.gatehouse.Mistakes;
import dev.gatehouse.Profile;
import dev.gatehouse.Secret;
import dev.gatehouse.engine.Gate;
import dev.gatehouse.policy.Interceptors;
import dev.gatehouse.spi.Cluster;
import dev.gatehouse.spi.ConsumerInterceptor;
import dev.gatehouse.spi.ConsumerStore;
import dev.gatehouse.spi.CredentialPlugin;
import dev.gatehouse.spi.GateListener;
import dev.gatehouse.spi.IpRange;
import dev.gatehouse.spi.LookupDigest;
import dev.gatehouse.spi.ManagedStore;
import dev.gatehouse.spi.Parts;
import dev.gatehouse.spi.PreviousKeys;
import dev.gatehouse.store.Stores;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was made in code and never changes.
 *
 * @param site the configuration
 */
record CodeSite(Site site) implements SiteSource {
  /** What a builder has collected. */
  static final class Choices {
    @Nullable ConsumerStore store;
    Profile profile = Profile.STRICT;
    Optional<Secret> masterKey = Optional.empty();
    PreviousKeys previousKeys = PreviousKeys.NONE;
    String roleLabel = "roles";
    boolean allowJsessionid;
    int maxWaiting = WaitingRoom.USUAL;
    List<IpRange> trustedProxies = List.of();
    ClientAddress.Header forwarded = ClientAddress.Header.X_FORWARDED_FOR;
    final List<CredentialPlugin<?>> credentialPlugins = new ArrayList<>();
    final List<ConsumerInterceptor<?>> interceptors = new ArrayList<>();
    GateListener listener = GateListener.NONE;
    InstantSource clock = MonotonicClock.wall();
    InstantSource ticker = new MonotonicClock();
    Optional<Cluster> cluster = Optional.empty();
  }

  /**
   * Builds the gate.
   *
   * @param tree the Routes and Consumers as the file would have them
   * @param mistakes what was found so far
   * @throws dev.gatehouse.ConfigException naming every mistake
   */
  static CodeSite open(Choices choices, Map<String, Object> tree, Mistakes mistakes) {
    InstalledPlugins plugins =
        InstalledPlugins.builtIn().with(choices.credentialPlugins, choices.interceptors);
    Parts parts =
        new Parts(
            choices.profile,
            Stores.localLimits(Stores.DEFAULT_KEYS),
            choices.clock,
            choices.ticker,
            choices.cluster,
            Interceptors.conditions());
    LookupDigest digest =
        choices
            .masterKey
            .map(LookupDigest::keyed)
            .orElseGet(LookupDigest::plain)
            .after(choices.previousKeys);
    Reading reading = new Reading(plugins.known(parts), References.ofProcess(), digest);
    GatehouseFile content = GatehouseFile.read(tree, reading, mistakes);
    if (choices.store != null && tree.containsKey("consumers")) {
      mistakes.add("consumers", "must not be given together with a store");
    }
    content.warnings().forEach(one -> mistakes.add(one.path(), one.problem()));
    mistakes.throwIfAny();
    ConsumerStore store = choices.store == null ? memory(plugins, content) : choices.store;
    Gate gate =
        Gate.open(
            new Gate.Setup(
                content.routes(),
                plugins.credentialPlugins(),
                plugins.interceptors(),
                store,
                digest,
                parts,
                choices.listener,
                choices.allowJsessionid,
                content.shared().service(),
                content.shared().pluginsOfGroups()));
    return new CodeSite(
        new Site(
            gate,
            new RoleLabel(choices.roleLabel),
            choices.maxWaiting,
            new ClientAddress(choices.trustedProxies, choices.forwarded)));
  }

  @Override
  public void close() {}

  private static ManagedStore memory(InstalledPlugins plugins, GatehouseFile content) {
    ManagedStore memory = Stores.memory(plugins::attributeOf);
    memory.putAll(content.consumers());
    return memory;
  }
}
