package dev.gatehouse.servlet;

import dev.gatehouse.Consumer;
import java.util.Set;
import java.util.function.Function;

/**
 * The roles of a Consumer, as one of its labels lists them.
 *
 * @param label the label's name
 */
record RoleLabel(String label) implements Function<Consumer, Set<String>> {
  @Override
  public Set<String> apply(Consumer consumer) {
    String roles = consumer.labels().get(label);
    return roles == null ? Set.of() : Set.of(roles);
  }
}
