package dev.gatehouse.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Mistakes;
import dev.gatehouse.cdi.places.Places.Annotated;
import dev.gatehouse.cdi.places.Places.AnnotatedMethod;
import dev.gatehouse.cdi.places.Places.Inheriting;
import dev.gatehouse.cdi.places.Places.OfRuled;
import dev.gatehouse.cdi.places.Places.Open;
import dev.gatehouse.cdi.places.Places.Ruled;
import dev.gatehouse.contract.TomcatServer;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Annotations where nothing heeds them must not let an application start. */
class MisplacedTest {
  private static final String HOLD = " has annotations of Gatehouse, which hold on servlet classes";

  @Test
  void annotatedClassThatTheContainerFound_stopsTheStart(@TempDir Path documents) {
    ServletException[] refused = new ServletException[1];
    assertThrows(
        IllegalStateException.class,
        () ->
            TomcatServer.start(
                    "",
                    documents,
                    context ->
                        context.addServletContainerInitializer(
                            (classes, application) -> {
                              try {
                                new AnnotatedServlets().onStartup(classes, application);
                              } catch (ServletException e) {
                                refused[0] = e;
                                throw e;
                              }
                            },
                            Set.of(Annotated.class)))
                .close());
    assertTrue(
        String.valueOf(refused[0].getMessage()).contains(Annotated.class.getName() + ":" + HOLD),
        refused[0]::getMessage);
  }

  @Test
  void everyPlace_isFoundAndServletsAndInterfacesAreNone() {
    Mistakes mistakes = new Mistakes();
    for (Class<?> type :
        new Class<?>[] {
          Annotated.class,
          AnnotatedMethod.class,
          Inheriting.class,
          OfRuled.class,
          Ruled.class,
          Open.class,
          AnnotatedServletsTest.Vault.class
        }) {
      Misplaced.report(type, mistakes);
    }
    assertEquals(
        java.util.List.of(
            Annotated.class.getName(),
            AnnotatedMethod.class.getName(),
            Inheriting.class.getName(),
            OfRuled.class.getName()),
        mistakes.found().stream().map(dev.gatehouse.Mistake::path).toList());
  }
}
