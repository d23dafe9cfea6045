package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two applications with Routes and Consumers of the same names, whose classes come from one class
 * loader, and requests that one of them hands to the other.
 */
class CrossContextTest {
  private TomcatServer server;

  @BeforeEach
  void start(@TempDir Path documents) {
    server =
        TomcatServer.start(
            "",
            documents,
            first -> {
              StandardContext second = new StandardContext();
              second.setPath("/second");
              second.setDocBase(documents.toString());
              second.addLifecycleListener(new Tomcat.FixContextListener());
              first.getParent().addChild(second);
              ((StandardContext) first).setCrossContext(true);
              application(first, "first-key");
              TestApplications.servlet(first, new DispatchingServlet(), "/api/dispatch");
              application(second, "second-key");
              TestApplications.servlet(second, new ProbeServlet(), "/open");
            });
  }

  private static void application(Context context, String key) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.name("api").uri("/api/*").plugin("key-auth", "{}"))
            .consumer("acme", c -> c.credential("one", "key-auth", "{\"key\": \"" + key + "\"}"))
            .build();
    TestApplications.onEveryDispatch(context, "gate", filter, "/*");
    TestApplications.servlet(context, new ProbeServlet(), "/api/*");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "include"})
  void consumerOfOneApplication_isNotAdmittedByAnother(String how) {
    String target = "/api/dispatch?context=/second&to=/api/x&how=" + how;
    HttpResponse<String> refused = server.get(target, "apikey", "first-key");
    assertFalse(refused.body().contains(ProbeServlet.MARKER), refused.body());
    assertTrue(server.get("/api/x", "apikey", "first-key").body().contains(ProbeServlet.MARKER));
    assertTrue(
        server.get("/second/api/x", "apikey", "second-key").body().contains(ProbeServlet.MARKER));
  }

  @Test
  void openPathOfAnotherApplication_doesNotSeeTheConsumer() {
    String target = "/api/dispatch?context=/second&to=/open";
    String body = server.get(target, "apikey", "first-key").body();
    assertTrue(body.contains(ProbeServlet.MARKER), body);
    assertTrue(body.contains("\nconsumer: -"), body);
    assertTrue(body.contains("\nprincipal: null"), body);
    assertTrue(body.contains("\nuser: null"), body);
    assertTrue(body.contains("\nget x-consumer-username: null []"), body);
    String own = server.get("/api/dispatch?to=/api/x", "apikey", "first-key").body();
    assertTrue(own.contains("\nconsumer: acme"), own);
    assertEquals(200, server.get("/second/open").statusCode());
  }
}
