package dev.gatehouse.internal.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.annotation.KeyAuth;
import dev.gatehouse.annotation.PluginAnnotation;
import dev.gatehouse.cdi.places.Places.Annotated;
import dev.gatehouse.cdi.places.Places.Ruled;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.runtime.Endpoints;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.Consumers;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.Producer;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every annotation is enforced or stops the start, on a real Tomcat. */
class EnforcementTest {
  private static final String MARKER = "the late vault is open";

  @TempDir java.nio.file.Path documents;

  @Test
  void annotatedServletThatAListenerAdds_isProtected() throws IOException {
    writeConsumers();
    try (TomcatServer server =
        start(
            Set.of(LateVault.class),
            context -> context.addApplicationListener(LateRegistration.class.getName()))) {
      HttpResponse<String> refused = server.get("/late");
      assertEquals(401, refused.statusCode(), refused.body());
      assertFalse(refused.body().contains(MARKER), refused.body());
      assertEquals(MARKER + " to acme", server.get("/late", "apikey", "acme-key").body());
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Annotated.class, Locating.class})
  void annotatedClassThatNothingEnforces_stopsTheStart(Class<?> type) {
    assertThrows(
        IllegalStateException.class,
        () -> start(Set.of(type), context -> {}).close(),
        type::getName);
  }

  @Test
  void locatorOfAClassThatCdiDoesNotIntercept_isReportedByItsPlace() {
    ConfigProblems mistakes = new ConfigProblems();
    Enforcement.report(Locating.class, type -> false, mistakes);
    assertTrue(
        String.valueOf(new ConfigException(mistakes.found()).getMessage())
            .contains(
                "$Locating#below(): is a sub-resource locator of a class that is no CDI bean"),
        mistakes::toString);
    ConfigProblems none = new ConfigProblems();
    Enforcement.report(Locating.class, type -> true, none);
    Enforcement.report(Resource.class, type -> false, none);
    assertTrue(none.found().isEmpty(), none::toString);
  }

  @Test
  void classLevelAnnotation_holdsForLocatorsToo() {
    ConfigProblems mistakes = new ConfigProblems();
    Enforcement.report(WholeLocating.class, type -> false, mistakes);
    assertEquals(1, mistakes.found().size());
  }

  @ParameterizedTest
  @ValueSource(classes = {Ruled.class, OwnAnnotation.class})
  void annotationOnAnInterfaceOrAnnotation_bringsTheFilter(Class<?> carrier) {
    try (TomcatServer server = start(Set.of(carrier), EnforcementTest::addAsking)) {
      assertEquals("surrounded", server.get("/asking").body());
    }
  }

  @Test
  void filterBuiltInCodeForAllPaths_doesNotReplaceTheOneOfEndpoints() {
    try (TomcatServer server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              context.addServletContainerInitializer(
                  (classes, servlets) ->
                      servlets
                          .addFilter(
                              "built",
                              ConsumerFilter.builder()
                                  .route(r -> r.uri("/built/*").plugin("key-auth", "{}"))
                                  .build())
                          .addMappingForUrlPatterns(null, false, "/*"),
                  Set.of());
              context.addServletContainerInitializer(new AnnotatedServlets(), Set.of(Ruled.class));
              addAsking(context);
            })) {
      assertEquals("surrounded", server.get("/asking").body());
      assertEquals(401, server.get("/built/x").statusCode());
    }
  }

  @Test
  void producer_ofAnUninterceptedObject_isRefused() {
    GuardedProducer<Annotated> guarded = new GuardedProducer<>(new Making<>(new Annotated()));
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> guarded.produce(new NoContext<>()));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(Annotated.class.getName()));
    assertEquals("text", new GuardedProducer<>(new Making<>("text")).produce(new NoContext<>()));
  }

  private TomcatServer start(Set<Class<?>> found, java.util.function.Consumer<Context> more) {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.addServletContainerInitializer(new AnnotatedServlets(), found);
          more.accept(context);
        });
  }

  private static void addAsking(Context context) {
    Tomcat.addServlet(context, "asking", new Asking());
    context.addServletMappingDecoded("/asking", "asking");
    Tomcat.addServlet(context, "built", new Asking());
    context.addServletMappingDecoded("/built/*", "built");
  }

  private void writeConsumers() throws IOException {
    Files.writeString(
        Files.createDirectories(documents.resolve("WEB-INF")).resolve("gatehouse.yaml"),
        """
        consumers:
          - username: acme
            credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
        """);
  }

  /** Adds a servlet when all initializers have run. */
  public static final class LateRegistration implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      event.getServletContext().addServlet("late", new LateVault()).addMapping("/late");
    }
  }

  @KeyAuth
  static final class LateVault extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(MARKER + " to " + Consumers.of(request).orElseThrow().username());
    }
  }

  /** Asks for the filter that endpoints need. */
  static final class Asking extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Endpoints unused = Endpoints.of(getServletContext());
      response.getWriter().print("surrounded");
    }
  }

  @KeyAuth
  @Retention(RetentionPolicy.RUNTIME)
  @interface Composed {}

  @PluginAnnotation("key-auth")
  @Retention(RetentionPolicy.RUNTIME)
  @interface OwnAnnotation {}

  @Path("resource")
  static class Resource {
    @GET
    @Composed
    public String read() {
      return "";
    }
  }

  @Path("locating")
  static class Locating {
    @Path("below")
    @KeyAuth
    public Resource below() {
      return new Resource();
    }
  }

  @Path("whole")
  @OwnAnnotation
  static class WholeLocating {
    @GET
    public String read() {
      return "";
    }

    @Path("below")
    public Resource below() {
      return new Resource();
    }
  }

  private record NoContext<T>() implements CreationalContext<T> {
    @Override
    public void push(T incomplete) {}

    @Override
    public void release() {}
  }

  private record Making<T>(T made) implements Producer<T> {
    @Override
    public T produce(CreationalContext<T> context) {
      return made;
    }

    @Override
    public void dispose(T instance) {}

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
      return Set.of();
    }
  }
}
