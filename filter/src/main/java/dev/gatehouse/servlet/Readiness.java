package dev.gatehouse.servlet;

import dev.gatehouse.internal.runtime.ApplicationRuntime;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.store.ConsumerRepository;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The readiness of an application, for health checks.
 *
 * @param storeServes whether known callers can be authenticated, from the cache if need be
 * @param storeAnswers whether the last call of the store succeeded
 * @param feedAge the time since the last processed poll of the change feed; empty without a feed
 * @param limitsAnswer whether the cluster's engine answers; empty without a cluster
 */
public record Readiness(
    boolean storeServes,
    boolean storeAnswers,
    Optional<Duration> feedAge,
    Optional<Boolean> limitsAnswer) {

  /**
   * Returns the readiness of an application, or empty if no configured filter runs in it.
   *
   * <p>Does not call the store and does not block.
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

  /** Returns whether requests can be decided. */
  public boolean isReady() {
    return storeServes;
  }
}
