package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.plugin.ConfiguredInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Delay;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.Permit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The run of a request through the interceptors of its Route and Consumer.
 *
 * <p>Permits are released if the run ends in a refusal or an exception. Single use; not safe for
 * use by several threads.
 */
final class InterceptorChain {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.gate");

  private final BoundRoute route;
  private final RequestView request;
  private final @Nullable Consumer consumer;
  private final InterceptorPlan plan;
  private List<Header> headers = List.of();
  private List<Permit> permits = List.of();
  private List<Notice> notices = List.of();
  private @Nullable Delay delay;
  private Set<String> done = Set.of();

  /**
   * Creates a chain.
   *
   * @param request the view of the request, whose admission has the Consumer
   * @param plan the interceptors
   */
  InterceptorChain(BoundRoute route, RequestView request, InterceptorPlan plan) {
    this.plan = plan;
    this.route = route;
    this.request = request;
    this.consumer = request.admission().consumer();
  }

  /** A refusal in shadow mode. */
  record Notice(String plugin, String reason) {}

  /**
   * Runs the interceptors in order.
   *
   * @param again whether the Consumer's own interceptors have admitted this request at an earlier
   *     gate
   * @return the first refusal, or null
   */
  @Nullable Refusal walk(boolean again) {
    boolean admitted = false;
    try {
      Refusal refusal = firstRefusal(again);
      admitted = refusal == null;
      return refusal;
    } finally {
      if (!admitted) {
        release();
      }
    }
  }

  /** Releases all permits, even if one of them fails. */
  void release() {
    List<Permit> held = permits;
    permits = List.of();
    for (Permit permit : held) {
      try {
        permit.release();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a permit could not be given back", e);
      }
    }
  }

  /** Returns the response headers of all interceptors. */
  List<Header> headers() {
    return headers;
  }

  /** Returns the permits of the request. */
  List<Permit> permits() {
    return permits;
  }

  private @Nullable Refusal firstRefusal(boolean again) {
    for (ConfiguredInterceptor<?> step : plan.interceptors()) {
      if ((again && step.layer().ofConsumer()) || done.contains(step.plugin().name())) {
        continue;
      }
      Decision decision =
          step.check(
              new InterceptedRequest(
                  request, consumer, route.owner(step, consumer), route.route().name()));
      if (decision instanceof Decision.Deny deny) {
        return Refusal.of(step.plugin().name(), deny);
      }
      take((Decision.Allow) decision, step.plugin().name());
    }
    return null;
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.isEmpty() ? second : first;
    }
    List<T> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  /** Returns the delay of the request, or null. */
  @Nullable Delay delay() {
    return delay;
  }

  /** Returns the refusals in shadow mode. */
  List<Notice> notices() {
    return notices;
  }

  private void take(Decision.Allow allow, String plugin) {
    if (allow.handledPlugin() != null) {
      Set<String> more = new HashSet<>(done);
      more.add(allow.handledPlugin());
      done = more;
    }
    if (allow.shadowReason() != null) {
      notices = joined(notices, List.of(new Notice(plugin, allow.shadowReason())));
    }
    Delay more = allow.delay();
    if (more != null) {
      delay = delay == null ? more : delay.and(more);
    }
    request.show(request.admission().attaching(allow.attached()));
    headers = joined(headers, allow.headers());
    if (allow.permit() != null) {
      permits = joined(permits, List.of(allow.permit()));
    }
  }
}
