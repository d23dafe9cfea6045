package dev.gatehouse.servlet;

import dev.gatehouse.internal.runtime.ApplicationRuntime;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.store.ConsumerRepository;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether an application can tell its callers apart now, for health checks.
 *
 * @param storeServes whether known callers are served, be it from memory while the store is away
 * @param storeAnswers whether the store answered last
 * @param feedAge how long ago the store's change feed was heeded last; empty without a feed
 * @param limitsAnswer whether the engine of limits answers; empty without one
 */
public record Readiness(
    boolean storeServes,
    boolean storeAnswers,
    Optional<Duration> feedAge,
    Optional<Boolean> limitsAnswer) {

  /**
   * That of an application now; empty when no configured filter runs in it.
   *
   * <p>It asks nobody and takes no time.
   */
  public static Optional<Readiness> of(ServletContext context) {
    ApplicationRuntime application = ApplicationRuntime.open(context);
    if (application == null) {
      return Optional.empty();
    }
    ConsumerRepository.Health store = application.store().health();
    return Optional.of(
        new Readiness(
            store.serves(),
            store.answers(),
            store.feedAge(),
            application.joined().map(Cluster::answers)));
  }

  /** Whether requests are decided at all. */
  public boolean isReady() {
    return storeServes;
  }
}
