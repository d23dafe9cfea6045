package dev.gatehouse.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.spi.Place;
import java.util.ArrayList;
import java.util.List;
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
 * @param settled the Routes that have admitted the request
 */
public record Passage(
    @Nullable Consumer consumer,
    @Nullable Credential credential,
    List<Place> hidden,
    List<Settled> settled) {

  /** A request that no gate has seen. */
  public static final Passage NONE = new Passage(null, null, List.of(), List.of());

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
    settled = List.copyOf(settled);
  }

  /** This passage after one more Route has admitted it. */
  Passage after(BoundRoute route, @Nullable Caller caller) {
    return new Passage(
        caller == null ? null : caller.consumer(),
        caller == null ? null : caller.credential(),
        joined(hidden, route.hidden()),
        joined(settled, route.settledAlone()));
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
