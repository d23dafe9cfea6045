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
 * One walk of a request past the interceptors of its Route and Consumer.
 *
 * <p>What was taken on the way is given back when the walk ends in a refusal or an exception. Used
 * once, by one thread.
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
   * Begins.
   *
   * @param request what the plugins see, of whose admission the Consumer is
   * @param plan the interceptors to ask
   */
  InterceptorChain(BoundRoute route, RequestView request, InterceptorPlan plan) {
    this.plan = plan;
    this.route = route;
    this.request = request;
    this.consumer = request.admission().consumer();
  }

  /** Who would have refused, and why. */
  record Notice(String plugin, String reason) {}

  /**
   * Asks the interceptors in their order.
   *
   * @param again whether the Consumer's own have admitted this request at an earlier gate
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

  /** Gives back what the request holds. A permit that fails does not keep the others. */
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

  /** The response headers of those that were asked. */
  List<Header> headers() {
    return headers;
  }

  /** What the request holds now. */
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

  /** How long the request waits, or null. */
  @Nullable Delay delay() {
    return delay;
  }

  /** What plugins noticed without refusing, each with its plugin. */
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
