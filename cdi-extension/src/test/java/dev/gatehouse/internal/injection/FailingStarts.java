package dev.gatehouse.internal.injection;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.endpoint.AnnotatedServlets;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Context;

/** Starts that must fail. */
public final class FailingStarts {
  private FailingStarts() {}

  /**
   * Returns what {@link AnnotatedServlets} says when it refuses to start an application.
   *
   * @param found the annotated classes that the container has found
   */
  public static String refusal(Path documents, Consumer<Context> application, Set<Class<?>> found) {
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
