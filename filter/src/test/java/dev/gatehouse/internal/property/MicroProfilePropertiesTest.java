package dev.gatehouse.internal.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.ConfigException;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

final class MicroProfilePropertiesTest {
  @Test
  void find_whenThereIsTheApiButNoImplementation_isEmpty() {
    assertEquals(Optional.empty(), MicroProfileProperties.find());
  }

  @Test
  void microProfile_whenTheApiIsNotThere_isEmpty() throws Exception {
    List<URL> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("microprofile-config")) {
        jars.add(Path.of(entry).toUri().toURL());
      }
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader bare = new URLClassLoader(jars.toArray(URL[]::new), platform)) {
      assertThrows(
          ClassNotFoundException.class,
          () -> bare.loadClass("org.eclipse.microprofile.config.Config"));
      Method find =
          bare.loadClass("dev.gatehouse.internal.property.PropertySources")
              .getDeclaredMethod("microProfile");
      find.setAccessible(true);
      assertEquals(Optional.empty(), find.invoke(null));
    }
  }

  @Test
  void of_readsTheConfigUnderItsLabel() {
    PropertySource source = MicroProfileProperties.of(new FixedConfig());
    assertEquals("api7", source.texts().get("gatehouse.profile"));
    assertEquals(null, source.texts().get("gatehouse.store"));
    assertEquals(Set.of("gatehouse.profile", "HOME"), source.names().get());
    assertEquals("MicroProfile Config", source.toString());
  }

  @Test
  void of_whenAnExpressionCannotBeExpanded_isAProblemOfThatName() {
    PropertySource source = MicroProfileProperties.of(new FixedConfig());
    ConfigException refused =
        assertThrows(ConfigException.class, () -> source.texts().get("gatehouse.broken"));
    assertEquals(
        List.of(
            "MicroProfile Config: gatehouse.broken: holds an expression that cannot be expanded"),
        refused.problems().stream().map(Object::toString).toList());
  }

  private static final class FixedConfig implements Config {
    private final Map<String, String> values = Map.of("gatehouse.profile", "api7", "HOME", "/");

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
      if (name.equals("gatehouse.broken")) {
        throw new NoSuchElementException("${x}");
      }
      return Optional.ofNullable(values.get(name)).map(type::cast);
    }

    @Override
    public Iterable<String> getPropertyNames() {
      return values.keySet();
    }

    @Override
    public <T> T getValue(String name, Class<T> type) {
      return getOptionalValue(name, type).orElseThrow();
    }

    @Override
    public ConfigValue getConfigValue(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
      return List.of();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
      return Optional.empty();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new IllegalArgumentException("nothing inside");
    }
  }
}
