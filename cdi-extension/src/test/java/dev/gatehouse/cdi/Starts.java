package dev.gatehouse.cdi;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.contract.TomcatServer;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Context;

/** Starts that must fail. */
final class Starts {
  private Starts() {}

  /**
   * What {@link AnnotatedServlets} says when it refuses to start an application.
   *
   * @param found the annotated classes that the container has found
   */
  static String refusal(Path documents, Consumer<Context> application, Set<Class<?>> found) {
    ServletException[] refused = new ServletException[1];
    assertThrows(
        IllegalStateException.class,
        () ->
            TomcatServer.start(
                    "",
                    documents,
                    context -> {
                      application.accept(context);
                      context.addServletContainerInitializer(
                          (classes, servlets) -> {
                            try {
                              new AnnotatedServlets().onStartup(classes, servlets);
                            } catch (ServletException e) {
                              refused[0] = e;
                              throw e;
                            }
                          },
                          found);
                    })
                .close());
    return String.valueOf(refused[0].getMessage());
  }
}
