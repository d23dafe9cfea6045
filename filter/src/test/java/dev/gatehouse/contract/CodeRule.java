package dev.gatehouse.contract;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule about compiled classes.
 *
 * @param name the rule as a sentence
 * @param broken finds what is against the rule; each text begins with a class's full name
 */
public record CodeRule(String name, Function<JavaClasses, List<String>> broken) {
  /**
   * Returns a rule about each class by itself.
   *
   * @param problems what a class does against the rule
   */
  public static CodeRule each(String name, Function<JavaClass, Stream<String>> problems) {
    return new CodeRule(
        name,
        classes ->
            classes.stream()
                .flatMap(c -> problems.apply(c).map(problem -> c.getName() + ": " + problem))
                .sorted()
                .toList());
  }

  @Override
  public String toString() {
    return name;
  }
}
