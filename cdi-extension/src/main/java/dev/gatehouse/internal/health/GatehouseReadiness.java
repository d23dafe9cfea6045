package dev.gatehouse.internal.health;

import dev.gatehouse.internal.injection.ApplicationStarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

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
  private final ReadyApplications applications = new ReadyApplications();

  /** For CDI. */
  public GatehouseReadiness() {}

  void started(@Observes ApplicationStarted event) {
    applications.add(event.context());
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("gatehouse");
    ReadyApplications.Answer answer = applications.answer();
    answer
        .data()
        .forEach(
            (name, value) -> {
              if (value instanceof Long number) {
                response.withData(name, number);
              } else {
                response.withData(name, String.valueOf(value));
              }
            });
    return response.status(answer.ready()).build();
  }
}
