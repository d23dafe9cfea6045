package dev.gatehouse.servlet;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.engine.Passage;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller while a test runs in the request of its thread; only in the jar for tests. */
public final class TestCaller {
  private final HttpServletRequest request;
  private final Passage before;

  private TestCaller(HttpServletRequest request) {
    this.request = request;
    this.before = Consumers.passage(request);
  }

  /** Begins; empty where CDI knows no request on this thread, as outside of a container. */
  public static Optional<TestCaller> enter(Consumer consumer, @Nullable Credential credential) {
    try {
      Instance<HttpServletRequest> requests = CDI.current().select(HttpServletRequest.class);
      TestCaller caller = new TestCaller(requests.get());
      Consumers.remember(
          caller.request, new Passage(consumer, credential, List.of(), Map.of(), List.of()));
      return Optional.of(caller);
    } catch (IllegalStateException | ContextNotActiveException outside) {
      return Optional.empty();
    }
  }

  /** Ends: the request has the caller that it had before. */
  public void leave() {
    Consumers.remember(request, before);
  }
}
