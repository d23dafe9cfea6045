package dev.gatehouse.internal.property;

import dev.gatehouse.internal.config.SecretReferences;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The values of {@code gatehouse.container-identity}. The first one is the default. */
public enum ContainerIdentity {
  /** The container knows the caller if the application asks the container for it. */
  AUTO,
  /** The container knows the caller of every request. */
  TRUE,
  /** The container never knows the caller. */
  FALSE;

  private static final String DECISION = "dev.gatehouse.container-identity";

  /** Returns the value of a text. */
  static ContainerIdentity of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Returns the texts of all values. */
  static List<String> names() {
    return List.of("auto", "true", "false");
  }

  /** Returns the value of an application. A wrong value counts as the default. */
  public static ContainerIdentity of(ServletContext context) {
    return of(PropertySources.ofServer(context));
  }

  /**
   * Returns whether the property is {@code false} in a source that exists before applications:
   * MicroProfile Config, the system properties or the environment.
   */
  public static boolean isSwitchedOff() {
    return of(PropertySources.ofProcess()) == FALSE;
  }

  private static ContainerIdentity of(List<PropertySource> sources) {
    return new PropertySources(sources, SecretReferences.ofProcess(), new ConfigProblems())
        .get(GatehouseProperties.CONTAINER_IDENTITY)
        .map(String::strip)
        .filter(names()::contains)
        .map(ContainerIdentity::of)
        .orElse(AUTO);
  }

  /**
   * Sets the text of the start line for this property.
   *
   * @param decision the decision and its reason; called at the end of the start
   */
  public static void describe(ServletContext context, Supplier<String> decision) {
    context.setAttribute(DECISION, decision);
  }

  /** Returns the text of the start line. */
  public String description(ServletContext context) {
    return context.getAttribute(DECISION) instanceof Supplier<?> decision
        ? String.valueOf(decision.get())
        : this == FALSE ? "off" : "on where the server has it";
  }
}
