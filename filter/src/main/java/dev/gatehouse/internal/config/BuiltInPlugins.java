package dev.gatehouse.internal.config;

import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.restrict.Interceptors;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.PluginServices;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Registries that hold the plugins of this product. */
public final class BuiltInPlugins {
  private BuiltInPlugins() {}

  /** Returns a registry of these plugins alone. */
  public static PluginRegistry registry(PluginServices parts) {
    return registry(parts, List.of(), List.of());
  }

  /** Returns a registry of these plugins and the services of an application. */
  public static PluginRegistry registry(PluginServices parts, ClassLoader application) {
    List<CredentialPlugin<?>> credentialPlugins = new ArrayList<>();
    ServiceLoader.load(CredentialPlugin.class, application).forEach(credentialPlugins::add);
    List<ConsumerInterceptor<?>> interceptors = new ArrayList<>();
    ServiceLoader.load(ConsumerInterceptor.class, application).forEach(interceptors::add);
    return registry(parts, credentialPlugins, interceptors);
  }

  /** Returns a registry of these plugins and more. */
  public static PluginRegistry registry(
      PluginServices parts,
      List<CredentialPlugin<?>> credentialPlugins,
      List<ConsumerInterceptor<?>> interceptors) {
    List<CredentialPlugin<?>> allCredentialPlugins = new ArrayList<>(CredentialPlugins.builtIn());
    allCredentialPlugins.addAll(credentialPlugins);
    List<ConsumerInterceptor<?>> allInterceptors = new ArrayList<>(Interceptors.builtIn());
    allInterceptors.addAll(interceptors);
    return new PluginRegistry(allCredentialPlugins, allInterceptors, parts);
  }
}
