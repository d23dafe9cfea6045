package dev.gatehouse.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.spi.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a request has come: who calls, what is hidden, and which Routes are settled.
 *
 * <p>It travels with the request over its dispatches and through several gates, so that a caller is
 * identified once and an interceptor counts once per request and Route. Immutable and safe for use
 * by several threads.
 *
 * @param consumer the identified Consumer, or null when there is none
 * @param credential the proved Credential, or null for an anonymous Consumer
 * @param hidden the places that the application must not see
 * @param attached request headers that the application sees instead of the client's, by a name that
 *     is compared without case; an empty one it does not see at all
 * @param settled the Routes that have admitted the request
 */
public record Passage(
    @Nullable Consumer consumer,
    @Nullable Credential credential,
    List<Place> hidden,
    Map<String, Optional<String>> attached,
    List<Settled> settled) {

  /** A request that no gate has seen. */
  public static final Passage NONE = new Passage(null, null, List.of(), Map.of(), List.of());

  /**
   * A Route of a gate.
   *
   * @param gate the gate's name
   * @param route the Route's name
   */
  public record Settled(String gate, String route) {}

  /** Copies the lists. */
  public Passage {
    hidden = List.copyOf(hidden);
    attached = attached.isEmpty() ? Map.of() : Collections.unmodifiableMap(withoutCase(attached));
    settled = List.copyOf(settled);
  }

  /** This passage after one more Route has admitted it. */
  Passage after(BoundRoute route, @Nullable Caller caller, Map<String, Optional<String>> more) {
    return new Passage(
        caller == null ? null : caller.consumer(),
        caller == null ? null : caller.credential(),
        joined(hidden, route.hidden()),
        more.isEmpty() ? attached : joined(attached, more),
        joined(settled, route.settledAlone()));
  }

  private static Map<String, Optional<String>> joined(
      Map<String, Optional<String>> first, Map<String, Optional<String>> second) {
    Map<String, Optional<String>> all = withoutCase(first);
    all.putAll(second);
    return all;
  }

  private static Map<String, Optional<String>> withoutCase(Map<String, Optional<String>> headers) {
    Map<String, Optional<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    return copy;
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    if (first.isEmpty()) {
      return second;
    }
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
