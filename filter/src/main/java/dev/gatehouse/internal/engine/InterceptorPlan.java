package dev.gatehouse.internal.engine;

import dev.gatehouse.internal.plugin.ConfiguredInterceptor;
import dev.gatehouse.spi.plugin.Header;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The interceptors of a caller's requests on a Route, in order.
 *
 * @param interceptors the enabled interceptors
 * @param concealed the headers that they attach, without values
 */
record InterceptorPlan(
    List<ConfiguredInterceptor<?>> interceptors, Map<String, Optional<String>> concealed) {
  static InterceptorPlan of(List<ConfiguredInterceptor<?>> interceptors) {
    Map<String, Optional<String>> names = new TreeMap<>(Header.BY_NAME);
    for (ConfiguredInterceptor<?> each : interceptors) {
      each.ownHeaders().forEach(name -> names.put(name, Optional.empty()));
    }
    return new InterceptorPlan(interceptors, names.isEmpty() ? Map.of() : names);
  }

  boolean isEmpty() {
    return interceptors.isEmpty();
  }
}
