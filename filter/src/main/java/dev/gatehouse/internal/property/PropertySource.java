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
 * A source of properties.
 *
 * @param label the name of the source in messages
 * @param texts returns a property by its full name
 * @param names returns all names of the source, including those of other products
 * @param kind the spelling of names
 */
record PropertySource(String label, TextByName texts, Supplier<Set<String>> names, Kind kind) {

  /** The kinds of sources. */
  enum Kind {
    /** Properties by their names. */
    PLAIN,
    /** Properties by their names or by names of environment variables. */
    ENVIRONMENT,
    /** A combination that also contains system properties and environment variables. */
    COMBINED
  }

  /** Returns whether names may have the form of environment variables. */
  boolean hasVariables() {
    return kind != Kind.PLAIN;
  }

  /** Returns a source of fixed properties, such as the parameters of a filter. */
  static PropertySource of(String label, Map<String, String> settings) {
    return new PropertySource(label, settings::get, settings::keySet, Kind.PLAIN);
  }

  /** Returns the context parameters of an application. */
  static PropertySource contextParameters(ServletContext context) {
    return new PropertySource(
        "context-param",
        context::getInitParameter,
        () -> new TreeSet<>(Collections.list(context.getInitParameterNames())),
        Kind.PLAIN);
  }

  /** Returns a source of system properties, see {@link System#getProperties()}. */
  static PropertySource systemProperties(Properties properties) {
    return new PropertySource(
        "system property", properties::getProperty, properties::stringPropertyNames, Kind.PLAIN);
  }

  /** Returns a source of environment variables, see {@link System#getenv()}. */
  static PropertySource environment(Map<String, String> environment) {
    return new PropertySource(
        "environment", name -> variable(environment, name), environment::keySet, Kind.ENVIRONMENT);
  }

  /**
   * Returns the names of environment variables for a property (MicroProfile Config 3.1, section
   * 5.3).
   */
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
