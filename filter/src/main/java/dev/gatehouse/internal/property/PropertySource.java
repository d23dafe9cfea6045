package dev.gatehouse.internal.property;

import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One place where settings of the product may stand.
 *
 * @param label how the place is called in messages
 * @param texts finds a setting by its full name
 * @param names lists all names of the place, those of others included
 * @param kind how names are spelt, and whether other places are repeated
 */
record PropertySource(String label, TextByName texts, Supplier<Set<String>> names, Kind kind) {

  /** What a place holds. */
  enum Kind {
    /** Settings by their names. */
    PLAIN,
    /** Settings by their names or by names of environment variables. */
    ENVIRONMENT,
    /** The same, and what stands in the system properties and the environment once more. */
    COMBINED
  }

  /** Returns whether names may have the form of environment variables. */
  boolean hasVariables() {
    return kind != Kind.PLAIN;
  }

  /** Fixed settings, as the parameters of a filter. */
  static PropertySource of(String label, Map<String, String> settings) {
    return new PropertySource(label, settings::get, settings::keySet, Kind.PLAIN);
  }

  /** The context parameters of an application. */
  static PropertySource contextParameters(ServletContext context) {
    return new PropertySource(
        "context-param",
        context::getInitParameter,
        () -> new TreeSet<>(Collections.list(context.getInitParameterNames())),
        Kind.PLAIN);
  }

  /** System properties, as {@link System#getProperties()}. */
  static PropertySource systemProperties(Properties properties) {
    return new PropertySource(
        "system property", properties::getProperty, properties::stringPropertyNames, Kind.PLAIN);
  }

  /** An environment, as {@link System#getenv()}. */
  static PropertySource environment(Map<String, String> environment) {
    return new PropertySource(
        "environment", name -> variable(environment, name), environment::keySet, Kind.ENVIRONMENT);
  }

  /** The forms in which the environment may hold a name (MicroProfile Config 3.1, section 5.3). */
  static List<String> variableForms(String name) {
    String mapped = name.replaceAll("[^a-zA-Z0-9]", "_");
    return List.of(name, mapped, mapped.toUpperCase(Locale.ROOT));
  }

  private static @Nullable String variable(Map<String, String> environment, String name) {
    for (String form : variableForms(name)) {
      String value = environment.get(form);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return label;
  }
}
