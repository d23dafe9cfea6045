package dev.gatehouse.internal.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.annotation.KeyAuth;
import dev.gatehouse.cdi.places.Places.Ruled;
import dev.gatehouse.contract.TomcatServer;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with annotated endpoints and no filter must not start, on a real Tomcat. */
class EndpointsCheckTest {
  @TempDir Path documents;
  private Consumer<Context> changes = context -> {};

  @Test
  void whereOurInitializerDidNotRun_theApplicationDoesNotStart() {
    assertThrows(IllegalStateException.class, () -> start(false, true).close());
  }

  @Test
  void whereOurInitializerDidNotRun_anApplicationWithAFileDoesNotStart() throws Exception {
    Files.writeString(
        Files.createDirectories(documents.resolve("WEB-INF")).resolve("gatehouse.yaml"),
        "routes:\n  - uris: [\"/a/*\"]\n    plugins: { key-auth: {} }\n");
    assertThrows(IllegalStateException.class, () -> start(false, false).close());
  }

  @Test
  void whereOurInitializerDidNotRun_anApplicationWithAnAnnotatedServletDoesNotStart() {
    changes = context -> Tomcat.addServlet(context, "vault", Vault.class.getName());
    assertThrows(IllegalStateException.class, () -> start(false, false).close());
  }

  @Test
  void whereOurInitializerDidNotRunAndNoRoutesAreWanted_theApplicationStarts() {
    changes = context -> context.addParameter("gatehouse.routes", "none");
    try (TomcatServer server = start(false, false)) {
      assertEquals(404, server.get("/nothing").statusCode());
    }
  }

  @Test
  void whereItRan_theFilterIsThereAndTheApplicationStarts() {
    try (TomcatServer server = start(true, true)) {
      assertEquals(404, server.get("/nothing").statusCode());
    }
  }

  private TomcatServer start(boolean initialized, boolean endpoints) {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          changes.accept(context);
          context.addServletContainerInitializer(
              (classes, servlets) -> EndpointsCheck.after(servlets, endpoints), Set.of());
          if (initialized) {
            context.addServletContainerInitializer(new AnnotatedServlets(), Set.of(Ruled.class));
          }
        });
  }

  /** A servlet that only an initializer protects. */
  @KeyAuth
  public static final class Vault extends HttpServlet {
    private static final long serialVersionUID = 1L;
  }
}
