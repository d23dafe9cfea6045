package dev.gatehouse.internal.engine;

import dev.gatehouse.internal.plugin.ConfiguredInterceptor;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.RequestGuard;
import dev.gatehouse.spi.plugin.RequestGuard.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the plugins of a Route that decide before authentication.
 *
 * <p>Immutable and safe for use by several threads.
 */
final class RequestGuards {
  private static final String REQUESTED_METHOD = "Access-Control-Request-Method";

  private final RouteTable routes;
  private final boolean none;

  RequestGuards(List<BoundRoute> all, RouteTable routes) {
    this.routes = routes;
    this.none = all.stream().allMatch(route -> route.requestGuards().isEmpty());
  }

  /**
   * Returns the outcome of a request. A request with an ambiguous target proceeds, and is refused
   * later.
   */
  Outcome ask(GateRequest request) {
    if (none) {
      return Outcome.PROCEED;
    }
    Selection selection = routes.select(request);
    if (selection instanceof BoundRoute route) {
      return ask(route, request);
    }
    return selection instanceof Selection.Method other
        ? ask(other.routes(), request)
        : Outcome.PROCEED;
  }

  /** A preflight without a Route belongs to the Route of the requested method. */
  private static Outcome ask(List<BoundRoute> candidates, GateRequest request) {
    String requested = request.header(REQUESTED_METHOD);
    BoundRoute route =
        request.method().equals("OPTIONS") && requested != null
            ? RouteTable.serving(requested, candidates)
            : null;
    if (route != null) {
      return ask(route, request);
    }
    return ask(candidates.get(0), request) instanceof Outcome.Proceed proceed
        ? proceed
        : Outcome.PROCEED;
  }

  private static Outcome ask(BoundRoute route, GateRequest request) {
    RequestView view = route.view(request, Admission.NONE);
    List<Header> admitted = new ArrayList<>();
    List<Header> refused = new ArrayList<>();
    for (ConfiguredInterceptor<?> step : route.requestGuards()) {
      Outcome outcome = guard(step, view);
      if (!(outcome instanceof Outcome.Proceed proceed)) {
        return outcome;
      }
      admitted.addAll(proceed.admitted());
      refused.addAll(proceed.refused());
    }
    return new Outcome.Proceed(admitted, refused);
  }

  private static <C> Outcome guard(ConfiguredInterceptor<C> step, GateRequest request) {
    return step.plugin() instanceof RequestGuard<C> guard
        ? guard.guard(step.config(), request)
        : Outcome.PROCEED;
  }
}
