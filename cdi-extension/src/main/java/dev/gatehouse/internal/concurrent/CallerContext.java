package dev.gatehouse.internal.concurrent;

import dev.gatehouse.internal.injection.CapturedIdentity;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import java.util.Map;

/**
 * Propagates the caller of a request to tasks of managed executors, for injected {@code Consumer},
 * {@code Credential} and {@code Caller}.
 *
 * <p>Registered as a service, on servers that load providers of applications (Jakarta Concurrency
 * 3.0, section 3.3.4). Safe for use by several threads.
 */
public final class CallerContext implements ThreadContextProvider {
  /** For {@link java.util.ServiceLoader}. */
  public CallerContext() {}

  @Override
  public ThreadContextSnapshot currentContext(Map<String, String> properties) {
    return snapshot(CapturedIdentity.capture());
  }

  @Override
  public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
    return snapshot(CapturedIdentity.NONE);
  }

  @Override
  public String getThreadContextType() {
    return "GatehouseCaller";
  }

  private static ThreadContextSnapshot snapshot(CapturedIdentity captured) {
    return () -> {
      CapturedIdentity before = captured.enter();
      return before::enter;
    };
  }
}
