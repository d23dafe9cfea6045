package dev.gatehouse.internal.request;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.restrict.Interceptors;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The roles of Consumers, from a label.
 *
 * @param label the name of the label
 */
public record RoleLabel(String label) implements BiPredicate<Consumer, String> {
  @Override
  public boolean test(Consumer consumer, String role) {
    String roles = consumer.labels().get(label);
    return roles != null && Interceptors.holds(roles, role);
  }

  /** Returns all roles of a Consumer. */
  public Set<String> of(Consumer consumer) {
    String roles = consumer.labels().get(label);
    return roles == null ? Set.of() : Interceptors.valuesOf(roles);
  }
}
