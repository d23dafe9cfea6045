package dev.gatehouse.internal.health;

import dev.gatehouse.internal.injection.ApplicationStarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * The readiness check: UP while known callers can be authenticated, from the cache if need be.
 *
 * <p>It is DOWN if the store has not answered for longer than {@code gatehouse.max-staleness}. The
 * state of the limits' cluster is reported but has no influence, because each limit has its own
 * setting for that case. Safe for use by several threads.
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
