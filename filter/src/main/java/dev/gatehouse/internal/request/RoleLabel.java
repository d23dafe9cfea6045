package dev.gatehouse.internal.request;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.restrict.Interceptors;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Whether a Consumer has a role, as one of its labels lists them.
 *
 * @param label the label's name
 */
public record RoleLabel(String label) implements BiPredicate<Consumer, String> {
  @Override
  public boolean test(Consumer consumer, String role) {
    String roles = consumer.labels().get(label);
    return roles != null && Interceptors.holds(roles, role);
  }

  /** All roles of a Consumer. */
  public Set<String> of(Consumer consumer) {
    String roles = consumer.labels().get(label);
    return roles == null ? Set.of() : Interceptors.valuesOf(roles);
  }
}
