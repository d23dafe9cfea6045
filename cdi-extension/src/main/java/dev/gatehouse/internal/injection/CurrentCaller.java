package dev.gatehouse.internal.injection;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.cdi.Caller;
import dev.gatehouse.servlet.Consumers;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The caller of the current request of the calling thread, looked up at each call. */
public final class CurrentCaller implements Caller {
  private static final String NO_REQUEST =
      "No HTTP request is active on this thread, so there is no caller. The request scope"
          + " is not active on an ASYNC dispatch, on threads of your own and outside of HTTP"
          + " requests: there, pass the request on and ask"
          + " dev.gatehouse.servlet.Consumers.of(request), or use a managed executor.";

  private final HttpServletRequest current;

  /**
   * @param current the proxy for the request of the calling thread
   */
  public CurrentCaller(HttpServletRequest current) {
    this.current = current;
  }

  @Override
  public Optional<Consumer> consumer() {
    return ask(Consumers::of, CapturedIdentity::consumer);
  }

  @Override
  public Optional<Credential> credential() {
    return ask(Consumers::credentialOf, CapturedIdentity::credential);
  }

  /** Returns an attribute of the current request. */
  Optional<Object> attribute(String name) {
    return ask(
        request -> Optional.ofNullable(request.getAttribute(name)), captured -> Optional.empty());
  }

  private <T> Optional<T> ask(
      Function<HttpServletRequest, Optional<T>> question,
      Function<CapturedIdentity, Optional<T>> captured) {
    @Nullable RuntimeException none = null;
    try {
      if (!Consumers.isServedElsewhere(current)) {
        return question.apply(current);
      }
    } catch (ContextNotActiveException | IllegalStateException noRequest) {
      none = noRequest;
    }
    Optional<T> other = captured.apply(CapturedIdentity.current());
    if (other.isEmpty()) {
      throw new IllegalStateException(NO_REQUEST, none);
    }
    return other;
  }
}
