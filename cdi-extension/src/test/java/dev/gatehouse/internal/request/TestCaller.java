package dev.gatehouse.internal.request;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.Identity;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller while a test runs in the request of its thread; only in the jar for tests. */
public final class TestCaller {
  private final HttpServletRequest request;
  private final Admission before;

  private TestCaller(HttpServletRequest request) {
    this.request = request;
    this.before = ApplicationScope.admissionOf(request);
  }

  /** Begins; empty where CDI knows no request on this thread, as outside of a container. */
  public static Optional<TestCaller> enter(Consumer consumer, @Nullable Credential credential) {
    try {
      Instance<HttpServletRequest> requests = CDI.current().select(HttpServletRequest.class);
      TestCaller caller = new TestCaller(requests.get());
      ApplicationScope.of(caller.request)
          .admit(caller.request, Admission.of(new Identity(consumer, credential)));
      return Optional.of(caller);
    } catch (IllegalStateException | ContextNotActiveException outside) {
      return Optional.empty();
    }
  }

  /** Ends: the request has the caller that it had before. */
  public void leave() {
    ApplicationScope.of(request).admit(request, before);
  }
}
