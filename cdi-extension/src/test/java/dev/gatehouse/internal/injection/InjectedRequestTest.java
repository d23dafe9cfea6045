package dev.gatehouse.internal.injection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.endpoint.AnnotatedServlets;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.startup.Tomcat;
import org.jboss.weld.environment.servlet.EnhancedListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The request that CDI injects, with Weld on a real Tomcat. */
class InjectedRequestTest {
  @TempDir Path documents;

  @Test
  void injectedRequest_hidesTheClientsIdentityHeadersAndHiddenKeys() throws IOException {
    Files.writeString(
        Files.createDirectories(documents.resolve("WEB-INF")).resolve("gatehouse.yaml"),
        """
        routes:
          - uris: ["/hidden"]
            plugins:
              key-auth: { hide_credentials: true }
              attach-consumer-label: { headers: { X-Tier: $tier } }
        consumers:
          - username: acme
            labels: { tier: gold }
            credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
        """);
    try (TomcatServer server = start()) {
      String[] headers = {
        "X-Consumer-Username", "boss", "X-Tier", "platinum", "apikey", "acme-key"
      };
      assertEquals(
          "user=acme key=null query=a=1 parameter=null attached=gold",
          server.get("/hidden?apikey=acme-key&a=1", headers).body());
      assertEquals(
          "user=null key=acme-key query=a=1 parameter=null attached=platinum",
          server.get("/open?a=1", headers).body());
    }
  }

  private TomcatServer start() {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.addServletContainerInitializer(new EnhancedListener(), null);
          context.addServletContainerInitializer(new AnnotatedServlets(), Set.of());
          Tomcat.addServlet(context, "reading", ReadingServlet.class.getName());
          context.addServletMappingDecoded("/*", "reading");
        });
  }

  /** Prints what the bean reads. */
  public static final class ReadingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject private transient RequestBean bean;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(bean.read());
    }
  }
}
