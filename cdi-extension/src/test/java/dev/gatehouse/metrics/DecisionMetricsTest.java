package dev.gatehouse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.endpoint.AnnotatedServlets;
import dev.gatehouse.internal.metrics.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Decisions of a real Tomcat's filter, in the registries of Micrometer and OpenTelemetry. */
class DecisionMetricsTest {
  @RegisterExtension
  static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  private static final String FILE =
      """
      routes:
        - { name: orders, uris: [/orders/*], plugins: { key-auth: {} } }
      consumers:
        - username: acme
          credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
        - username: globex
          credentials: [{ name: main, plugins: { key-auth: { key: globex-key } } }]
      """;

  @TempDir Path documents;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void listen() {
    Metrics.addRegistry(registry);
  }

  @AfterEach
  void silence() {
    Metrics.removeRegistry(registry);
    Metrics.globalRegistry.clear();
  }

  @Test
  void decisions_areCountedByWhatWasDecidedAndWhy() throws Exception {
    callAll("0");
    assertEquals(3, admitted("plugin", "key-auth").count());
    Counter refused =
        registry
            .get(Meters.REQUESTS)
            .tags("decision", "refused", "route", "orders", "plugin", "key-auth", "status", "401")
            .tag("reason", "no credential presented")
            .counter();
    assertEquals(1, refused.count());
    assertEquals(3, registry.get(Meters.DECISIONS).tag("decision", "admitted").timer().count());
    assertTrue(
        registry.get(Meters.REQUESTS).counters().stream()
            .allMatch(counter -> counter.getId().getTag("consumer") == null),
        "names are no tags by default");
  }

  @Test
  void consumers_areTagsOnlyAsFarAsAllowed() throws Exception {
    callAll("1");
    assertEquals(2, admitted("consumer", "acme").count());
    assertEquals(1, admitted("consumer", "other").count());
  }

  @Test
  void openTelemetry_hasTheSameCounters() throws Exception {
    TELEMETRY.clearMetrics();
    callAll("0");
    Collection<MetricData> metrics = TELEMETRY.getMetrics();
    assertEquals(
        4,
        metrics.stream()
            .filter(metric -> metric.getName().equals(Meters.REQUESTS))
            .flatMap(metric -> metric.getLongSumData().getPoints().stream())
            .mapToLong(point -> point.getValue())
            .sum());
    assertTrue(metrics.stream().anyMatch(metric -> metric.getName().equals(Meters.DECISIONS)));
  }

  @Test
  void refusals_haveTheSameTagsAsAdmissions_asPrometheusRequires() throws Exception {
    callAll("1");
    Set<List<String>> names = new HashSet<>();
    for (Counter counter : registry.get(Meters.REQUESTS).counters()) {
      names.add(counter.getId().getTags().stream().map(Tag::getKey).sorted().toList());
    }
    assertEquals(
        Set.of(List.of("consumer", "decision", "plugin", "reason", "route", "status")), names);
  }

  private Counter admitted(String tag, String value) {
    return registry.get(Meters.REQUESTS).tags("decision", "admitted", tag, value).counter();
  }

  private void callAll(String consumers) throws IOException {
    Path directory = Files.createDirectories(documents.resolve("WEB-INF"));
    Files.writeString(directory.resolve("gatehouse.yaml"), FILE);
    try (TomcatServer server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              context.addParameter("gatehouse.metrics.consumers", consumers);
              context.addServletContainerInitializer(new AnnotatedServlets(), Set.of());
              Tomcat.addServlet(context, "orders", new Orders());
              context.addServletMappingDecoded("/orders/*", "orders");
            })) {
      for (String key : new String[] {"acme-key", "acme-key", "globex-key"}) {
        assertEquals("orders", server.get("/orders/1", "apikey", key).body());
      }
      assertEquals(401, server.get("/orders/1").statusCode());
    }
  }

  private static final class Orders extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("orders");
    }
  }
}
