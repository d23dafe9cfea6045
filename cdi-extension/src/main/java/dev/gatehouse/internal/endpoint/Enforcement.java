package dev.gatehouse.internal.endpoint;

import dev.gatehouse.settings.ConfigProblems;
import java.lang.reflect.Method;
import java.util.function.Predicate;

/** A check whether the annotations of a class are enforced. */
final class Enforcement {
  private Enforcement() {}

  /**
   * Reports a class whose annotations are not enforced.
   *
   * @param intercepts returns whether CDI intercepts the calls of a class or of its subclasses
   */
  static void report(Class<?> type, Predicate<Class<?>> intercepts, ConfigProblems mistakes) {
    if (type.isAnnotation() || intercepts.test(type)) {
      return;
    }
    if (RestClasses.isResource(type)) {
      reportLocators(type, intercepts, mistakes);
    } else {
      AnnotationPlacement.report(type, mistakes);
    }
  }

  /** Reports annotated sub-resource locators, which only CDI enforces. */
  static void reportLocators(
      Class<?> type, Predicate<Class<?>> intercepts, ConfigProblems mistakes) {
    if (intercepts.test(type)) {
      return;
    }
    for (Method locator : RestClasses.locators(type)) {
      EndpointPlugins plugins = EndpointPlugins.of(type, locator);
      if (!plugins.isEmpty()) {
        mistakes.add(
            plugins.place(),
            "is a sub-resource locator of a class that is no CDI bean, so that nothing enforces its"
                + " annotations or those of its class; give the class a scope, as @RequestScoped,"
                + " or annotate the sub-resource");
      }
    }
  }
}
