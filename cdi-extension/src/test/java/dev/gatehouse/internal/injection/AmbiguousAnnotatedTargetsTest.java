package dev.gatehouse.internal.injection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.KeyAuth;
import dev.gatehouse.contract.AmbiguousTargets;
import dev.gatehouse.contract.LenientRouter;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.endpoint.AnnotatedServlets;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No unclear target leads to what an annotated servlet protects, beside a router that reads paths
 * as loosely as any; on a real Tomcat.
 */
class AmbiguousAnnotatedTargetsTest {
  private static final String ORDERS = "/rest/orders";
  private static final String CONSUMERS =
      """
      consumers:
        - username: acme
          labels: { tier: gold }
          credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
        - username: globex
          labels: { tier: silver }
          credentials: [{ name: main, plugins: { key-auth: { key: globex-key } } }]
      """;

  @TempDir Path documents;

  @Test
  void annotatedServletAlone_isReachedByNoAmbiguousTarget() throws Exception {
    Files.writeString(
        Files.createDirectories(documents.resolve("WEB-INF")).resolve("gatehouse.yaml"), CONSUMERS);
    assertNoneReaches(true);
  }

  @Test
  void annotatedServletWithoutAFile_isReachedByNoAmbiguousTarget() {
    assertNoneReaches(false);
  }

  private void assertNoneReaches(boolean keys) {
    try (TomcatServer server = start()) {
      assertTrue(
          get(server, "/rest/other", "").contains(LenientRouter.OPEN), "other paths are open");
      String served = get(server, ORDERS + "/1", "acme-key");
      assertTrue(!keys || served.contains(LenientRouter.PROTECTED), served);
      for (String key : new String[] {"", "globex-key"}) {
        for (String target : AmbiguousTargets.of(ORDERS + "/1")) {
          String answer = get(server, target, key);
          assertFalse(answer.contains(LenientRouter.PROTECTED), target + " as " + key + answer);
        }
      }
    }
  }

  private static String get(TomcatServer server, String target, String key) {
    return server.rawGet("/app" + target, key.isEmpty() ? "" : "apikey: " + key + "\r\n");
  }

  private TomcatServer start() {
    return TomcatServer.start(
        "/app",
        documents,
        context -> {
          context.addServletContainerInitializer(new AnnotatedServlets(), Set.of());
          Wrapper vault = Tomcat.addServlet(context, "vault", new Vault());
          vault.setAsyncSupported(true);
          context.addServletMappingDecoded(ORDERS + "/*", "vault");
          Tomcat.addServlet(context, "router", new LenientRouter("/app" + ORDERS));
          context.addServletMappingDecoded("/rest/*", "router");
        });
  }

  @KeyAuth
  @Acl(allow = "tier:gold")
  private static final class Vault extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(LenientRouter.PROTECTED);
    }
  }
}
