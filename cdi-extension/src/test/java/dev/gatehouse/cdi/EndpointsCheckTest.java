package dev.gatehouse.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.cdi.places.Places.AnnotatedMethod;
import dev.gatehouse.contract.TomcatServer;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with annotated endpoints and no filter must not start, on a real Tomcat. */
class EndpointsCheckTest {
  @TempDir Path documents;

  @Test
  void whereOurInitializerDidNotRun_theApplicationDoesNotStart() {
    assertThrows(IllegalStateException.class, () -> start(false).close());
  }

  @Test
  void whereItRan_theFilterIsThereAndTheApplicationStarts() {
    try (TomcatServer server = start(true)) {
      assertEquals(404, server.get("/nothing").statusCode());
    }
  }

  private TomcatServer start(boolean initialized) {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.addServletContainerInitializer(
              (classes, servlets) -> EndpointsCheck.after(servlets), Set.of());
          if (initialized) {
            context.addServletContainerInitializer(
                new AnnotatedServlets(), Set.of(AnnotatedMethod.class));
          }
        });
  }
}
