package dev.gatehouse.spi.plugin;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.limit.CounterOwner;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request after authentication, as an interceptor sees it.
 *
 * @param request the request; not to be used after the interceptor has returned
 * @param consumer the identified Consumer, or null on a Route without credential plugin
 * @param owner the owner of the interceptor's settings; each owner has its own counters
 * @param route the name of the request's Route
 */
public record InterceptedRequest(
    GateRequest request, @Nullable Consumer consumer, CounterOwner owner, String route) {
  /** Creates a request. */
  public InterceptedRequest {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(route, "route");
  }

  /** Returns the application's context path; {@code /} for the root application. */
  public String service() {
    String path = request.contextPath();
    return path.isEmpty() ? "/" : path;
  }
}
