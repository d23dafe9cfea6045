package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.RequestGuard;
import dev.gatehouse.spi.plugin.RequestGuard.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the plugins of a Route that decide before any credential is looked at.
 *
 * <p>Immutable and safe for use by several threads.
 */
final class RequestGuards {
  private static final String REQUESTED_METHOD = "Access-Control-Request-Method";

  private final RouteTable routes;
  private final boolean allowSessionParameter;
  private final boolean none;

  RequestGuards(List<BoundRoute> all, RouteTable routes, boolean allowSessionParameter) {
    this.routes = routes;
    this.allowSessionParameter = allowSessionParameter;
    this.none = all.stream().allMatch(route -> route.requestGuards().isEmpty());
  }

  /** Returns what happens to a request; one with an unclear target proceeds to its refusal. */
  Outcome ask(GateRequest request) {
    if (none) {
      return Outcome.PROCEED;
    }
    RequestTarget target = RequestTarget.of(request, allowSessionParameter);
    if (target.problem() != null) {
      return Outcome.PROCEED;
    }
    List<BoundRoute> served = routes.find(request.servedPath());
    List<BoundRoute> candidates = served.isEmpty() ? routes.find(target.path()) : served;
    if (candidates.isEmpty()) {
      return Outcome.PROCEED;
    }
    BoundRoute route = route(request, candidates);
    if (route != null) {
      return ask(route, request);
    }
    return ask(candidates.get(0), request) instanceof Outcome.Proceed proceed
        ? proceed
        : Outcome.PROCEED;
  }

  /** A preflight that no Route serves is one of the Route that serves the method it asks about. */
  private static @Nullable BoundRoute route(GateRequest request, List<BoundRoute> candidates) {
    BoundRoute serving = RouteTable.serving(request.method(), candidates);
    String requested = request.header(REQUESTED_METHOD);
    return serving == null && request.method().equals("OPTIONS") && requested != null
        ? RouteTable.serving(requested, candidates)
        : serving;
  }

  private static Outcome ask(BoundRoute route, GateRequest request) {
    RequestView view = new RequestView(request, Passage.NONE.attaching(route.concealed()));
    List<Header> admitted = new ArrayList<>();
    List<Header> refused = new ArrayList<>();
    for (PolicyStep<?> step : route.requestGuards()) {
      Outcome outcome = guard(step, view);
      if (!(outcome instanceof Outcome.Proceed proceed)) {
        return outcome;
      }
      admitted.addAll(proceed.admitted());
      refused.addAll(proceed.refused());
    }
    return new Outcome.Proceed(admitted, refused);
  }

  private static <C> Outcome guard(PolicyStep<C> step, GateRequest request) {
    return step.plugin() instanceof RequestGuard<C> guard
        ? guard.guard(step.config(), request)
        : Outcome.PROCEED;
  }
}
