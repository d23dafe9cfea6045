package dev.gatehouse.internal.injection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.GatehouseInitializer;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.jboss.weld.environment.servlet.EnhancedListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate decides, as CDI events of an application. */
class CdiEventPublisherTest {
  private static final String FILE =
      """
      routes:
        - { name: vault, uris: ["/vault"], plugins: { key-auth: {} } }
      consumers:
        - { username: acme, credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }] }
        - { username: fails, credentials: [{ name: main, plugins: { key-auth: { key: fails-key } } }] }
      """;

  @TempDir Path documents;

  @Test
  void decisions_areObserved_andAnObserverThatBreaksChangesNone() throws Exception {
    Path directory = Files.createDirectories(documents.resolve("WEB-INF"));
    Files.writeString(directory.resolve("gatehouse.yaml"), FILE);
    try (TomcatServer server = TomcatServer.start("", documents, CdiEventPublisherTest::fill)) {
      assertEquals("vault", server.get("/vault", "apikey", "acme-key").body());
      assertEquals(401, server.get("/vault", "apikey", "guess").statusCode());
      assertEquals(401, server.get("/vault").statusCode());
      assertEquals(400, server.get("/vault;x=1").statusCode());
      assertEquals("vault", server.get("/vault", "apikey", "fails-key").body());
      assertEquals("vault", server.get("/vault", "apikey", "acme-key").body());
      assertEquals(
          "acme on vault|401 by key-auth on vault|401 by key-auth on vault|400 by gate on "
              + "|fails on vault|acme on vault",
          server.get("/heard").body());
    }
  }

  /** The library alone in an application without CDI. */
  @Test
  void applicationWithoutCdi_isServed() throws Exception {
    Path directory = Files.createDirectories(documents.resolve("WEB-INF"));
    Files.writeString(directory.resolve("gatehouse.yaml"), FILE);
    try (TomcatServer server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
              Tomcat.addServlet(context, "vault", Hearing.class.getName());
              context.addServletMappingDecoded("/vault", "vault");
            })) {
      assertEquals("vault", server.get("/vault", "apikey", "acme-key").body());
      assertEquals(401, server.get("/vault", "apikey", "guess").statusCode());
      assertEquals("vault", server.get("/vault", "apikey", "acme-key").body());
    }
  }

  private static void fill(Context context) {
    context.addServletContainerInitializer(new EnhancedListener(), null);
    context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
    Tomcat.addServlet(context, "hearing", Hearing.class.getName());
    context.addServletMappingDecoded("/vault", "hearing");
    context.addServletMappingDecoded("/heard", "hearing");
  }

  /** Returns the recorded events at a path, or their path. */
  public static final class Hearing extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject private transient EventObservers heard;

    /** Called by the container. */
    public Hearing() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      boolean asked = request.getServletPath().equals("/heard");
      response.getWriter().write(asked ? String.join("|", heard.lines()) : "vault");
    }
  }
}
