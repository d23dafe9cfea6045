package dev.gatehouse.health;

import dev.gatehouse.cdi.Started;
import dev.gatehouse.servlet.Readiness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Whether callers can be told apart now: up while known callers are served, be it from memory.
 *
 * <p>It is down when the store has been silent for longer than {@code gatehouse.max-staleness}. The
 * engine of limits is shown and changes nothing, since each limit says itself what happens without
 * it. Safe for use by several threads.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class GatehouseReadiness implements HealthCheck {
  private volatile @Nullable ServletContext application;

  /** For CDI. */
  public GatehouseReadiness() {}

  void started(@Observes Started event) {
    application = event.context();
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("gatehouse");
    ServletContext context = application;
    Optional<Readiness> readiness = context == null ? Optional.empty() : Readiness.of(context);
    if (readiness.isEmpty()) {
      return response.up().withData("filter", "none").build();
    }
    Readiness now = readiness.get();
    response.withData("store", now.storeAnswers() ? "answers" : "away");
    now.feedAge().ifPresent(age -> response.withData("change-feed-age-millis", age.toMillis()));
    now.limitsAnswer()
        .ifPresent(answers -> response.withData("limits", answers ? "answers" : "away"));
    return response.status(now.isReady()).build();
  }
}
