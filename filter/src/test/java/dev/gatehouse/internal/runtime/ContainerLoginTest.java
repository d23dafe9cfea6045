package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.engine.EarlyIdentification;
import dev.gatehouse.servlet.GatehouseInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that authenticates before the filters run, on a real Tomcat. */
class ContainerLoginTest {
  private static final String FILE =
      """
      routes:
        - uris: [/orders/*]
          plugins:
            key-auth: {}
            limit-failed-auth: { count: 2, time_window: 600 }
        - { uris: [/guests/*], plugins: { key-auth: { anonymous_consumer: guest } } }
        - { uris: [/counted/*], plugins: { limit-count: { count: 100, time_window: 600 } } }
      consumers:
        - { username: guest }
        - username: acme
          labels: { roles: "admin,reader" }
          plugins: { limit-count: { count: 2, time_window: 600 } }
          credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
      """;

  @TempDir Path documents;
  private final Container container = new Container();

  @Test
  void wrongKey_authenticatedRepeatedly_isOneAttempt() throws Exception {
    try (TomcatServer server = start("true")) {
      assertRefused(401, server.get("/orders/1", "apikey", "wrong"));
      assertRefused(401, server.get("/orders/1", "apikey", "wrong"));
      assertRefused(429, server.get("/orders/1", "apikey", "wrong"));
      assertEquals(Set.of(true), container.presented());
    }
  }

  @Test
  void consumer_isTheSameObjectForTheContainerAndTheApplication() throws Exception {
    try (TomcatServer server = start("true")) {
      HttpResponse<String> answer = server.get("/orders/1", "apikey", "acme-key");
      assertTrue(answer.body().contains("consumer: acme"), answer.body());
      assertEquals(1, container.found.size());
      assertTrue(container.found.iterator().next() instanceof EarlyIdentification.Identified);
      assertEquals(Set.of("admin", "reader"), container.roles);
      assertTrue(container.sameInside, "the application's principal is the container's own");
    }
  }

  @Test
  void containerAuthentication_doesNotUseTheLimit() throws Exception {
    try (TomcatServer server = start("true")) {
      assertEquals(200, server.get("/orders/1", "apikey", "acme-key").statusCode());
      assertEquals(200, server.get("/orders/1", "apikey", "acme-key").statusCode());
      assertRefused(429, server.get("/orders/1", "apikey", "acme-key"));
    }
  }

  @Test
  void missingKey_differsFromWrongKey() throws Exception {
    try (TomcatServer server = start("true")) {
      assertRefused(401, server.get("/orders/1"));
      assertEquals(Set.of(false), container.presented());
    }
  }

  @Test
  void anonymousConsumer_isKnownToTheContainerToo() throws Exception {
    try (TomcatServer server = start("true")) {
      assertTrue(server.get("/guests/1").body().contains("consumer: guest"));
      assertEquals(
          "guest",
          ((EarlyIdentification.Identified) container.found.iterator().next())
              .identity()
              .consumer()
              .username());
    }
  }

  @Test
  void pathsWithoutACredentialPlugin_andAmbiguousTargets_haveNoIdentity() throws Exception {
    try (TomcatServer server = start("true")) {
      assertTrue(server.get("/open").body().contains(ProbeServlet.MARKER));
      assertTrue(server.get("/counted/1").body().contains(ProbeServlet.MARKER));
      String unclear = server.rawGet("/orders//1", "apikey: acme-key\r\n");
      assertTrue(unclear.startsWith("HTTP/1.1 400"), unclear);
      assertEquals(Set.of(new EarlyIdentification.NotAsked()), container.found);
    }
  }

  @Test
  void containerThatWritesTheRefusalItself_writesWhatTheFilterWrites() throws Exception {
    try (TomcatServer server = start("true")) {
      HttpResponse<String> byFilter = server.get("/orders/1");
      container.writes = true;
      HttpResponse<String> byContainer = server.get("/orders/1");
      assertRefused(401, byContainer);
      assertEquals(byFilter.body(), byContainer.body());
      for (String header : List.of("WWW-Authenticate", "Cache-Control", "Content-Type")) {
        assertEquals(
            byFilter.headers().allValues(header), byContainer.headers().allValues(header), header);
        assertFalse(byContainer.headers().allValues(header).isEmpty(), header);
      }
    }
  }

  @Test
  void disabledIntegration_hidesTheIdentityFromTheContainer() throws Exception {
    try (TomcatServer server = start("false")) {
      assertTrue(server.get("/orders/1", "apikey", "acme-key").body().contains("consumer: acme"));
      assertRefused(401, server.get("/orders/1", "apikey", "wrong"));
      assertEquals(Set.of(new EarlyIdentification.NotAsked()), container.found);
    }
  }

  private TomcatServer start(String setting) throws IOException {
    Path directory = Files.createDirectories(documents.resolve("WEB-INF"));
    Files.writeString(directory.resolve("gatehouse.yaml"), FILE);
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.addParameter("gatehouse.container-identity", setting);
          context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
          context.getPipeline().addValve(container);
          TestApplications.servlet(context, new ProbeServlet(), "/*");
          TestApplications.filter(
              context,
              "behind",
              (request, response, chain) -> {
                container.look((HttpServletRequest) request);
                chain.doFilter(request, response);
              },
              "/*");
        });
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }

  /** Takes the place of the container's authentication; it asks three times. */
  private static final class Container extends ValveBase {
    final Set<EarlyIdentification> found = new HashSet<>();
    final Set<String> roles = new HashSet<>();
    volatile boolean writes;
    volatile boolean sameInside;

    Container() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      for (int i = 0; i < 3; i++) {
        EarlyIdentification finding = ContainerLogin.identify(request);
        found.add(finding);
        if (finding instanceof EarlyIdentification.Identified known) {
          roles.addAll(ContainerLogin.rolesOf(known.identity().consumer(), request));
          request.setUserPrincipal(known.identity().consumer());
        }
      }
      if (writes && ContainerLogin.identify(request) instanceof EarlyIdentification.Refused) {
        ContainerLogin.refuse(request, response);
      } else {
        getNext().invoke(request, response);
      }
    }

    /** Returns whether the requests that were refused had a credential. */
    Set<Boolean> presented() {
      return found.stream()
          .map(each -> ((EarlyIdentification.Refused) each).refusal().presented())
          .collect(Collectors.toSet());
    }

    void look(HttpServletRequest inside) {
      for (EarlyIdentification finding : found) {
        sameInside |=
            finding instanceof EarlyIdentification.Identified known
                && inside.getUserPrincipal() == known.identity().consumer();
      }
    }
  }
}
