package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.config.BuiltInPlugins;
import dev.gatehouse.internal.config.ConfigSources;
import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.config.SecretReferences;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.internal.property.LimitProperties;
import dev.gatehouse.internal.property.PropertySources;
import dev.gatehouse.internal.request.RoleLabel;
import dev.gatehouse.internal.restrict.Interceptors;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.ConsumerStoreProvider;
import dev.gatehouse.store.Stores;
import jakarta.servlet.ServletContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The assembly of an {@link ApplicationRuntime}, in the order in which its parts are opened.
 *
 * @param context the application
 * @param sources the sources of properties
 * @param properties the properties of the product
 * @param listener the listener of decisions
 * @param cluster the cluster, if one is configured
 * @param reading the readers of configurations
 */
record ApplicationStart(
    ServletContext context,
    PropertySources sources,
    GatehouseProperties properties,
    GateListener listener,
    Optional<ManagedCluster> cluster,
    Reading reading) {

  /**
   * Reads the properties and the file, joins the cluster and opens the store.
   *
   * @param mistakes receives problems, which are thrown
   * @throws dev.gatehouse.ConfigException with all problems, if there are any; nothing stays open
   */
  static ApplicationRuntime run(ServletContext context, ConfigProblems mistakes) {
    SecretReferences references = SecretReferences.ofProcess();
    PropertySources sources =
        new PropertySources(PropertySources.ofServer(context), references, mistakes);
    GatehouseProperties.Offers offers = offers(context.getClassLoader());
    GatehouseProperties properties = GatehouseProperties.read(sources, offers, mistakes);
    GateListener listener = Listeners.of(context.getClassLoader());
    listener.taggedConsumers(properties.taggedConsumers());
    InstantSource ticker = new MonotonicClock();
    ConfigProblems ofFile = new ConfigProblems();
    Optional<ConfigDocument> document =
        ConfigSources.find(context, properties.config(), ofFile)
            .map(file -> ConfigDocument.read(file, ofFile));
    String identity = document.map(ConfigDocument::routePatterns).orElse("");
    LimitProperties.Engine engine = new LimitProperties.Engine(sources, ticker, identity);
    Optional<ManagedCluster> cluster =
        properties.limits().join(offers.engines(), context.getContextPath(), engine, mistakes);
    try {
      ofFile.found().forEach(mistakes::add);
      PluginServices services = services(properties, ticker, cluster);
      PluginRegistry plugins = BuiltInPlugins.registry(services, context.getClassLoader());
      Reading reading = new Reading(plugins, references, properties.digest());
      return new ApplicationStart(context, sources, properties, listener, cluster, reading)
          .open(document, offers, mistakes);
    } catch (RuntimeException | Error e) {
      cluster.ifPresent(ManagedCluster::close);
      throw e;
    }
  }

  private ApplicationRuntime open(
      Optional<ConfigDocument> document,
      GatehouseProperties.Offers offers,
      ConfigProblems mistakes) {
    Optional<ConfigOrigin> origin = document.map(found -> new ConfigOrigin(found, reading));
    Configuration file =
        document
            .flatMap(ConfigDocument::tree)
            .flatMap(tree -> origin.map(found -> found.content(tree, mistakes)))
            .orElse(Configuration.EMPTY);
    mistakes.throwIfAny();
    StoreFactory stores =
        new StoreFactory(
            properties,
            reading.plugins(),
            offers.stores(),
            context.getContextPath(),
            reading.plugins().parts().ticker());
    ApplicationRuntime.warn(file);
    return new ApplicationRuntime(
        this, origin, stores, new ApplicationRuntime.State(file, stores.open(file, sources)));
  }

  /** Returns the factory of the application's filter runtimes. */
  RuntimeFactory runtimes() {
    return new RuntimeFactory(
        reading,
        listener,
        properties.allowJsessionid(),
        new RoleLabel(properties.roleLabel()),
        properties.limits().maxWaiting(),
        properties.clients());
  }

  private static GatehouseProperties.Offers offers(ClassLoader loader) {
    List<ConsumerStoreProvider> stores = new ArrayList<>();
    ServiceLoader.load(ConsumerStoreProvider.class, loader).forEach(stores::add);
    return new GatehouseProperties.Offers(stores, LimitProperties.engines(loader));
  }

  private static PluginServices services(
      GatehouseProperties properties, InstantSource ticker, Optional<ManagedCluster> cluster) {
    return new PluginServices(
        properties.profile(),
        Stores.localLimits(properties.limits().maxKeys()),
        MonotonicClock.wall(),
        ticker,
        cluster.map(joined -> joined),
        Interceptors.conditions());
  }
}
