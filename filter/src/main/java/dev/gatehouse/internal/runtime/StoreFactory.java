package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.internal.store.cache.Caching;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerStoreProvider;
import dev.gatehouse.store.Stores;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The factory of the store of {@code gatehouse.store}.
 *
 * @param settings the properties of the product
 * @param plugins the installed plugins
 * @param providers the store providers
 * @param path the application's context path
 * @param ticker a monotonic clock
 */
record StoreFactory(
    GatehouseProperties settings,
    PluginRegistry plugins,
    List<ConsumerStoreProvider> providers,
    String path,
    InstantSource ticker) {

  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");

  /** Returns whether the store holds the Consumers of the file only. */
  boolean inMemory() {
    return settings.store().equals(GatehouseProperties.MEMORY);
  }

  /** Returns an in-memory store with the Consumers of a file. */
  ConsumerRepository memory(Configuration file) {
    ConsumerRepository memory = Stores.memory(plugins::attributeOf);
    memory.putAll(file.consumers());
    return memory;
  }

  /**
   * Opens the store. A persistent store is seeded with the file's Consumers once in its life.
   *
   * @throws dev.gatehouse.ConfigException if the store's properties are wrong
   * @throws dev.gatehouse.spi.store.StoreException if the store cannot be reached
   */
  ConsumerRepository open(Configuration file, PropertyLookup lookup) {
    if (inMemory()) {
      return memory(file);
    }
    if (settings.masterKey().isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "gatehouse.master-key is not set: keys are stored as plain SHA-256 digests");
    }
    ConsumerStoreProvider provider =
        providers.stream()
            .filter(each -> each.name().equals(settings.store()))
            .findFirst()
            .orElseThrow();
    ConfigProblems mistakes = new ConfigProblems();
    Optional<ConsumerRepository> opened = provider.open(lookup, file.consumers(), mistakes);
    mistakes.throwIfAny();
    ConsumerRepository store = opened.orElseThrow();
    GatehouseProperties.Cache cache = settings.cache();
    Optional<ChangeHints> hints =
        Stores.HINTS.contains(cache.hints())
            ? Stores.hints(cache.hints(), settings.limits().namespace(path), lookup, mistakes)
            : Optional.empty();
    if (!mistakes.found().isEmpty()) {
      store.close();
      mistakes.throwIfAny();
    }
    return Caching.track(
        store,
        new ChangeFeed.Tracking(
            cache.maxEntries(),
            store.feed().isPresent() ? cache.pollInterval() : cache.maxAge(),
            cache.timeout(),
            cache.maxStaleness(),
            cache.preload(),
            cache.lastUsedInterval(),
            cache.hints().equals("notify")),
        hints,
        ticker);
  }
}
