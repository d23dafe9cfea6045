package dev.gatehouse.settings;

import dev.gatehouse.Secret;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a plugin: an immutable JSON object.
 *
 * <p>Values are {@link String}, {@link Boolean}, {@link Long}, {@link BigDecimal}, {@link Secret},
 * {@link List} and {@link Map} of these; never null. {@code toString} contains the names only,
 * because any value may be a secret. Safe for use by several threads.
 */
public final class PluginSettings {
  /** The empty settings {@code {}}. */
  public static final PluginSettings EMPTY = new PluginSettings(Map.of());

  private final Map<String, Object> values;
  private final int hash;

  private PluginSettings(Map<String, Object> values) {
    this.values = values;
    this.hash = values.hashCode();
  }

  /**
   * Returns settings with a copy of a tree.
   *
   * @throws IllegalArgumentException if a value is null or not of a JSON type
   */
  public static PluginSettings of(Map<String, ?> values) {
    return values.isEmpty() ? EMPTY : new PluginSettings(copyOf(values));
  }

  /** Returns the settings by name in the order of the configuration; unmodifiable. */
  public Map<String, Object> values() {
    return values;
  }

  /** Returns the value of a setting, or null if it is not set. */
  public @Nullable Object value(String name) {
    return values.get(name);
  }

  /**
   * Returns a reader of these settings.
   *
   * @param path the path of the settings in the configuration
   * @param mistakes receives problems
   */
  public SettingsReader read(String path, ConfigProblems mistakes) {
    return new SettingsReader(path, values, mistakes);
  }

  /** Returns the members of an object by name. */
  static Map<String, Object> members(Map<?, ?> object) {
    Map<String, Object> members = new LinkedHashMap<>();
    object.forEach((name, value) -> members.put((String) name, value));
    return members;
  }

  private static Map<String, Object> copyOf(Map<?, ?> tree) {
    Map<String, Object> copy = new LinkedHashMap<>();
    tree.forEach((name, value) -> copy.put(String.valueOf(name), copyOf(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object copyOf(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("a setting's value must not be null");
    }
    if (value instanceof String || value instanceof Boolean || value instanceof Secret) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return copyOf(map);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PluginSettings::copyOf).toList();
    }
    if (value instanceof Number number) {
      return number(number);
    }
    throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
  }

  private static Object number(Number number) {
    if (number instanceof Long || number instanceof Integer || number instanceof Short) {
      return number.longValue();
    }
    BigDecimal exact = new BigDecimal(number.toString());
    boolean whole = exact.scale() <= 0 && (long) exact.precision() - exact.scale() <= 18;
    return whole ? (Object) exact.longValueExact() : exact;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PluginSettings that
            && hash == that.hash
            && values.equals(that.values));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return values.keySet().stream().collect(Collectors.joining(", ", "{", "}"));
  }
}
