package dev.gatehouse.internal.property;

import dev.gatehouse.ConfigException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Properties from MicroProfile Config. No other class uses its types, which may be absent. */
final class MicroProfileProperties {
  static final String LABEL = "MicroProfile Config";

  private MicroProfileProperties() {}

  /**
   * Returns the configuration of the running application, or empty if the server does not support
   * it.
   */
  static Optional<PropertySource> find() {
    try {
      return Optional.of(of(ConfigProvider.getConfig()));
    } catch (IllegalStateException | ServiceConfigurationError e) {
      return Optional.empty();
    }
  }

  static PropertySource of(Config config) {
    return new PropertySource(
        LABEL, name -> text(config, name), () -> names(config), PropertySource.Kind.COMBINED);
  }

  private static @Nullable String text(Config config, String name) {
    try {
      return config.getOptionalValue(name, String.class).orElse(null);
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new ConfigException(LABEL + ": " + name, "holds an expression that cannot be expanded");
    }
  }

  private static Set<String> names(Config config) {
    Set<String> names = new TreeSet<>();
    config.getPropertyNames().forEach(names::add);
    return names;
  }
}
