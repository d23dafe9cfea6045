package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.GatehouseInitializer;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every dispatch is judged like a request to where it goes, in every way to configure Routes. */
class DispatchRulesTest {
  private static final String SECRET = "VAULT-CONTENT";
  private static final String ACL = "{\"allow_labels\": {\"tier\": [\"gold\"]}}";
  private static final String CONSUMERS =
      """
      consumers:
        - username: low
          credentials: [{ name: one, plugins: { key-auth: { key: low-key } } }]
        - username: gold
          labels: { tier: gold }
          credentials: [{ name: one, plugins: { key-auth: { key: gold-key } } }]
      """;
  private static final String ROUTES =
      """
      routes:
        - { name: work, uris: ["/work/*"], plugins: { key-auth: {} } }
        - name: vault
          uris: ["/vault/*"]
          plugins: { key-auth: {}, acl: { allow_labels: { tier: [gold] } } }
      """;

  @TempDir private Path documents = Path.of("");

  /** Where the Routes are configured. */
  private enum Way {
    FILE,
    WEB_XML,
    CODE
  }

  private TomcatServer start(Way way) {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          configure(context, way);
          named(context, "vault", new Vault(), "/vault/*");
          named(context, "both", new Vault(), "/vault/both", "/both");
          named(context, "work", new ProbeServlet(), "/work/*");
          named(context, "workers", new DispatchingServlet(), "/work/go");
          named(context, "open", new DispatchingServlet(), "/open");
          named(context, "rest", new ProbeServlet(), "/*");
          ErrorPage page = new ErrorPage();
          page.setErrorCode(418);
          page.setLocation("/vault/error");
          context.addErrorPage(page);
          context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
          context.addApplicationListener(LateServlet.class.getName());
        });
  }

  private void configure(Context context, Way way) {
    try {
      Files.createDirectories(documents.resolve("WEB-INF"));
      if (way != Way.CODE) {
        Files.writeString(
            documents.resolve("WEB-INF/gatehouse.yaml"),
            way == Way.FILE
                ? ROUTES + CONSUMERS
                : CONSUMERS + ROUTES.replaceAll("/(work|vault)/", "/unused/$1/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (way == Way.WEB_XML) {
      declared(context, "/work/*", Map.of("key-auth", "{}"));
      declared(context, "/vault/*", Map.of("key-auth", "{}", "acl", ACL));
    } else if (way == Way.CODE) {
      ConsumerFilter filter =
          ConsumerFilter.builder()
              .route(r -> r.uri("/work/*").plugin("key-auth", "{}"))
              .route(r -> r.uri("/vault/*").plugin("key-auth", "{}").plugin("acl", ACL))
              .consumer("low", c -> c.credential("one", "key-auth", "{\"key\": \"low-key\"}"))
              .consumer(
                  "gold",
                  c ->
                      c.label("tier", "gold")
                          .credential("one", "key-auth", "{\"key\": \"gold-key\"}"))
              .build();
      TestApplications.filter(context, "built", filter, "/*");
    }
  }

  /** A filter as web.xml declares it, without FORWARD and INCLUDE. */
  private static void declared(Context context, String pattern, Map<String, String> parameters) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("filter of " + pattern);
    definition.setFilterClass(ConsumerFilter.class.getName());
    definition.setAsyncSupported("true");
    parameters.forEach(definition::addInitParameter);
    context.addFilterDef(definition);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName(definition.getFilterName());
    mapping.addURLPattern(pattern);
    for (String dispatcher : new String[] {"REQUEST", "ASYNC", "ERROR"}) {
      mapping.setDispatcher(dispatcher);
    }
    context.addFilterMap(mapping);
  }

  private static void named(Context context, String name, HttpServlet servlet, String... patterns) {
    Wrapper wrapper = Tomcat.addServlet(context, name, servlet);
    wrapper.setAsyncSupported(true);
    for (String pattern : patterns) {
      context.addServletMappingDecoded(pattern, name);
    }
  }

  @ParameterizedTest
  @EnumSource
  void dispatchToAProtectedPath_isCheckedLikeARequest(Way way) {
    try (TomcatServer server = start(way)) {
      for (String how : List.of("forward", "include", "async")) {
        assertHidden(server.get("/open?to=/vault/1&how=" + how));
        assertHidden(server.get("/open?to=/vault/1&how=" + how, "apikey", "low-key"));
        assertHidden(server.get("/work/go?to=/vault/1&how=" + how, "apikey", "low-key"));
        assertShown(server.get("/open?to=/vault/1&how=" + how, "apikey", "gold-key"));
        assertShown(server.get("/work/go?to=/vault/1&how=" + how, "apikey", "gold-key"));
      }
      assertEquals(401, server.get("/open?to=/vault/1").statusCode());
      assertEquals(403, server.get("/work/go?to=/vault/1", "apikey", "low-key").statusCode());
    }
  }

  @ParameterizedTest
  @EnumSource
  void dispatchByName_isCheckedByTheMappingsOfTheServlet(Way way) {
    try (TomcatServer server = start(way)) {
      for (String how : List.of("forward", "include")) {
        for (String name : List.of("vault", "late")) {
          String target = "name=" + name + "&how=" + how;
          assertHidden(server.get("/open?" + target));
          assertHidden(server.get("/open?" + target, "apikey", "low-key"));
          assertHidden(server.get("/work/go?" + target, "apikey", "low-key"));
          assertShown(server.get("/open?" + target, "apikey", "gold-key"));
          assertShown(server.get("/work/go?" + target, "apikey", "gold-key"));
        }
        assertShown(server.get("/open?name=both&how=" + how));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ambiguousTargetOfALaterDispatch_isRefused(Way way) {
    try (TomcatServer server = start(way)) {
      for (String to :
          List.of(
              "/work/../vault/1",
              "/work/x/..",
              "/work/%2e%2e/vault/1",
              "/work/x%2fy",
              "/work/x%5cy",
              "/work/x;a=b",
              "/vault;a=b/1",
              "/work//x",
              "/work/./x")) {
        for (String how : List.of("forward", "include", "async")) {
          String target =
              "/work/go?how=" + how + "&to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
          HttpResponse<String> answer = server.get(target, "apikey", "low-key");
          assertHidden(answer);
          assertFalse(answer.body().contains(ProbeServlet.MARKER), to + " " + answer.body());
        }
      }
      assertTrue(
          server
              .get("/work/go?to=/work/x", "apikey", "low-key")
              .body()
              .contains(ProbeServlet.MARKER));
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorPageOfAProtectedPath_isSentToAdmittedCallersOnly(Way way) {
    try (TomcatServer server = start(way)) {
      String target = "?how=error&to=418";
      assertHidden(server.get("/open" + target));
      assertEquals(418, server.get("/open" + target).statusCode());
      assertHidden(server.get("/work/go" + target, "apikey", "low-key"));
      assertEquals(418, server.get("/work/go" + target, "apikey", "low-key").statusCode());
      HttpResponse<String> shown = server.get("/work/go" + target, "apikey", "gold-key");
      assertEquals(418, shown.statusCode());
      assertTrue(shown.body().contains(SECRET), shown.body());
    }
  }

  private static void assertHidden(HttpResponse<String> answer) {
    assertFalse(answer.body().contains(SECRET), answer.body());
  }

  private static void assertShown(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains(SECRET), answer.body());
  }

  /** The servlet that callers of the high tier may reach. */
  private static final class Vault extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(SECRET);
    }
  }

  /** Adds a servlet when all initializers have run, as a listener of web.xml can. */
  public static final class LateServlet implements ServletContextListener {
    /** Called by the container. */
    public LateServlet() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
      event.getServletContext().addServlet("late", new Vault()).addMapping("/vault/late");
    }
  }
}
