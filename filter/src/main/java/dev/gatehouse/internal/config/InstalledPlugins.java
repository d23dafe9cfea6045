package dev.gatehouse.internal.config;

import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.restrict.Interceptors;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.PluginServices;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The plugins that come with Gatehouse and those that the application brings.
 *
 * @param credentialPlugins ways to prove who calls
 * @param interceptors rules about a Consumer's request
 */
public record InstalledPlugins(
    List<CredentialPlugin<?>> credentialPlugins, List<ConsumerInterceptor<?>> interceptors) {

  /** Those that come with Gatehouse. */
  public static InstalledPlugins builtIn() {
    return new InstalledPlugins(CredentialPlugins.builtIn(), Interceptors.builtIn());
  }

  /** Those that come with Gatehouse and the services of an application. */
  public static InstalledPlugins of(ClassLoader application) {
    List<CredentialPlugin<?>> credential = new ArrayList<>();
    ServiceLoader.load(CredentialPlugin.class, application).forEach(credential::add);
    List<ConsumerInterceptor<?>> interceptors = new ArrayList<>();
    ServiceLoader.load(ConsumerInterceptor.class, application).forEach(interceptors::add);
    return builtIn().with(credential, interceptors);
  }

  /** These and more. */
  public InstalledPlugins with(
      List<CredentialPlugin<?>> moreCredential, List<ConsumerInterceptor<?>> moreInterceptors) {
    List<CredentialPlugin<?>> credential = new ArrayList<>(credentialPlugins);
    credential.addAll(moreCredential);
    List<ConsumerInterceptor<?>> all = new ArrayList<>(interceptors);
    all.addAll(moreInterceptors);
    return new InstalledPlugins(List.copyOf(credential), List.copyOf(all));
  }

  /** The same, as the readers of a configuration know them. */
  public KnownPlugins known(PluginServices parts) {
    return new KnownPlugins(credentialPlugins, interceptors, parts);
  }

  /** The setting of a plugin's Credentials that must be unique, for messages. */
  public String attributeOf(String plugin) {
    return credentialPlugins.stream()
        .filter(p -> p.name().equals(plugin))
        .findFirst()
        .map(CredentialPlugin::attribute)
        .orElse("key");
  }
}
