package dev.gatehouse.bench;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Profile;
import dev.gatehouse.Route;
import dev.gatehouse.Secret;
import dev.gatehouse.bench.Callers.Randomness;
import dev.gatehouse.contract.ConfiguredRoutes;
import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.engine.Verdict;
import dev.gatehouse.internal.plugin.ConfiguredPlugins;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.restrict.Interceptors;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.store.Stores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The whole decision about a request, from the raw target to the verdict, over Consumers in memory.
 *
 * <p>The methods have the names of their floors in {@link FloorBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GateBenchmark {
  private static final Secret MASTER = Secret.of("a master key for benchmarks only");

  /** Plain SHA-256 as the floor has it; {@code -p digest=keyed} shows a master key's cost. */
  @Param({"plain"})
  public String digest = "";

  private @Nullable Gate keyGate;
  private @Nullable Gate limitGate;
  private @Nullable Gate ownLimitGate;

  /** Enrols the callers and opens both gates over one store. */
  @Setup(Level.Trial)
  public void open(Callers all) {
    LookupDigest lookup =
        digest.equals("keyed") ? LookupDigest.keyed(MASTER) : LookupDigest.plain();
    ConsumerRepository store = Stores.memory();
    store.putAll(entries(all, lookup, PluginSet.EMPTY));
    keyGate = gate(store, lookup, all.callers, Map.of());
    PluginSettings limit =
        PluginSettings.of(
            Map.of("count", 1_000_000_000, "time_window", 60, "key", "consumer_name"));
    limitGate = gate(store, lookup, all.callers, Map.of("limit-count", limit));
    ConsumerRepository limited = Stores.memory();
    limited.putAll(entries(all, lookup, PluginSet.of(Map.of("limit-count", limit))));
    ownLimitGate = gate(limited, lookup, all.callers, Map.of());
  }

  /** {@code key-auth} alone. */
  @Benchmark
  public Verdict key(Callers all, Randomness random) {
    return admit(keyGate, random.request(all));
  }

  /** {@code key-auth}, then {@code limit-count} for each Consumer. */
  @Benchmark
  public Verdict keyAndLimit(Callers all, Randomness random) {
    return admit(limitGate, random.request(all));
  }

  /** {@code key-auth}, then each Consumer's own {@code limit-count}; all have an equal one. */
  @Benchmark
  public Verdict keyAndOwnLimit(Callers all, Randomness random) {
    return admit(ownLimitGate, random.request(all));
  }

  private static Verdict admit(@Nullable Gate gate, BenchRequest request) {
    if (gate == null) {
      throw new IllegalStateException("not opened");
    }
    return gate.admit(request, Admission.NONE);
  }

  private static List<ConsumerEntry> entries(Callers all, LookupDigest lookup, PluginSet own) {
    List<ConsumerEntry> entries = new ArrayList<>(all.callers);
    for (int i = 0; i < all.callers; i++) {
      CredentialEntry credential =
          new CredentialEntry(
              Credential.of("primary", "key-auth").build(),
              lookup.of(all.enrolled(i)),
              PluginSettings.EMPTY);
      Consumer consumer = Consumer.named("consumer-" + i).plugins(own).build();
      entries.add(new ConsumerEntry(consumer, List.of(credential)));
    }
    return entries;
  }

  private static Gate gate(
      ConsumerRepository store,
      LookupDigest lookup,
      int callers,
      Map<String, PluginSettings> interceptors) {
    Map<String, PluginSettings> plugins = new LinkedHashMap<>();
    plugins.put("key-auth", PluginSettings.EMPTY);
    plugins.putAll(interceptors);
    Route route = new Route("orders", List.of("/orders/*"), Set.of(), PluginSet.of(plugins));
    PluginRegistry registry =
        new PluginRegistry(
            CredentialPlugins.builtIn(),
            Interceptors.builtIn(),
            new PluginServices(
                Profile.STRICT,
                Stores.localLimits(Math.max(Stores.DEFAULT_KEYS, 4L * callers)),
                InstantSource.system(),
                new Ticker()));
    return Gate.open(
        new Gate.Setup(
            ConfiguredRoutes.of(registry, List.of(route)),
            registry,
            store,
            lookup,
            GateListener.NONE,
            false,
            ConfiguredPlugins.NONE,
            Map.of()));
  }

  /** Milliseconds that never go back, without an object for each reading. */
  private static final class Ticker implements InstantSource {
    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
  }
}
