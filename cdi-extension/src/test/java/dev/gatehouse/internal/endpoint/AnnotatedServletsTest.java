package dev.gatehouse.internal.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.KeyAuth;
import dev.gatehouse.annotation.LimitCount;
import dev.gatehouse.annotation.Plugin;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.injection.FailingStarts;
import dev.gatehouse.servlet.Consumers;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servlets with annotations, on a real Tomcat. */
class AnnotatedServletsTest {
  private static final String MARKER = "the vault is open";

  @TempDir Path documents;

  @BeforeEach
  void consumers() throws IOException {
    Path directory = Files.createDirectories(documents.resolve("WEB-INF"));
    Files.writeString(
        directory.resolve("gatehouse.yaml"),
        """
        consumers:
          - username: acme
            labels: { tier: gold }
            credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
          - username: globex
            labels: { tier: silver }
            credentials: [{ name: main, plugins: { key-auth: { key: globex-key } } }]
        """);
  }

  @Test
  void annotatedServlet_isProtectedUnderAllItsMappings() {
    try (TomcatServer server = start(new Vault(), "/vault/*", "/other", "*.vault")) {
      for (String path : new String[] {"/vault", "/vault/1", "/other", "/a/b.vault"}) {
        assertRefused(401, server.get(path));
        assertRefused(401, server.get(path, "apikey", "wrong"));
        assertRefused(403, server.get(path, "apikey", "globex-key"));
        assertEquals(MARKER + " to acme", server.get(path, "apikey", "acme-key").body());
      }
      assertEquals("open", server.get("/open").body());
    }
  }

  @Test
  void subclass_isProtectedAsItsSuperclass() {
    try (TomcatServer server = start(new InnerVault(), "/inner")) {
      assertRefused(401, server.get("/inner"));
      assertEquals(MARKER + " to acme", server.get("/inner", "apikey", "acme-key").body());
    }
  }

  @Test
  void forwardFromAnOpenServlet_isRefusedWithoutACredential() {
    try (TomcatServer server = start(new Vault(), "/vault")) {
      assertRefused(401, server.get("/open?forward=/vault"));
      assertEquals(
          MARKER + " to acme", server.get("/open?forward=/vault", "apikey", "acme-key").body());
    }
  }

  @Test
  void includeIntoAnOpenServlet_showsNothingWithoutACredential() {
    try (TomcatServer server = start(new Vault(), "/vault")) {
      HttpResponse<String> refused = server.get("/open?include=/vault");
      assertFalse(refused.body().contains(MARKER), refused.body());
      HttpResponse<String> included = server.get("/open?include=/vault", "apikey", "acme-key");
      assertTrue(included.body().contains(MARKER), included.body());
    }
  }

  @Test
  void limit_isCountedOncePerRequestAndServlet() {
    try (TomcatServer server = start(new Limited(), "/limited", "/also")) {
      assertEquals(200, server.get("/limited", "apikey", "acme-key").statusCode());
      assertEquals(200, server.get("/also", "apikey", "acme-key").statusCode());
      assertRefused(429, server.get("/limited", "apikey", "acme-key"));
      assertEquals(200, server.get("/limited", "apikey", "globex-key").statusCode());
    }
  }

  @Test
  void annotatedMethodOfAServlet_stopsTheStartAndIsNamed() {
    assertDoesNotStart(
        new MethodAnnotated(),
        "$MethodAnnotated#doGet: is a servlet's method",
        "annotate the class");
  }

  @Test
  void wrongSettings_stopTheStartAndAreNamedByPath() {
    assertDoesNotStart(
        new Wrong(),
        "limit-count.count: must be a whole number from 1 to ",
        "limit-count.time_window");
  }

  private void assertDoesNotStart(HttpServlet servlet, String... parts) {
    String refusal =
        FailingStarts.refusal(documents, context -> add(context, servlet, "/x"), Set.of());
    for (String part : parts) {
      assertTrue(refusal.contains(part), refusal);
    }
  }

  /** A plugin read its settings for the check and once more for use. */
  @Test
  void plugin_readsTheSettingsOfAnAnnotationOnce() throws IOException {
    Path services = Files.createDirectories(documents.resolve("classes/META-INF/services"));
    Files.writeString(
        services.resolve(ConsumerInterceptor.class.getName()), Counting.class.getName());
    URL[] classes = {documents.resolve("classes").toUri().toURL()};
    int before = Counting.CONFIGURED.get();
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader());
        TomcatServer server =
            TomcatServer.start(
                "",
                documents,
                context -> {
                  context.setParentClassLoader(loader);
                  context.addServletContainerInitializer(new AnnotatedServlets(), Set.of());
                  add(context, new Counted(), "/counted");
                })) {
      assertEquals(200, server.get("/counted").statusCode());
      assertEquals(1, Counting.CONFIGURED.get() - before);
    }
  }

  /** Lets everything through. */
  public static final class Counting implements ConsumerInterceptor<String> {
    static final AtomicInteger CONFIGURED = new AtomicInteger();

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public String configure(SettingsReader settings, PluginServices parts) {
      CONFIGURED.incrementAndGet();
      return "";
    }

    @Override
    public Decision check(String config, InterceptedRequest call) {
      return Decision.ALLOW;
    }
  }

  @Plugin(name = "counting", settings = "{}")
  private static final class Counted extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(200);
    }
  }

  private TomcatServer start(HttpServlet servlet, String... patterns) {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.addServletContainerInitializer(new AnnotatedServlets(), Set.of());
          add(context, servlet, patterns);
          add(context, new Open(), "/open");
        });
  }

  private static void add(Context context, HttpServlet servlet, String... patterns) {
    String name = servlet.getClass().getSimpleName();
    Tomcat.addServlet(context, name, servlet);
    for (String pattern : patterns) {
      context.addServletMappingDecoded(pattern, name);
    }
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains(MARKER), answer.body());
  }

  @KeyAuth
  @Acl(allow = "tier:gold")
  static class Vault extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(MARKER + " to " + Consumers.of(request).orElseThrow().username());
    }
  }

  static final class InnerVault extends Vault {
    private static final long serialVersionUID = 1L;
  }

  @KeyAuth
  @LimitCount(count = 2, timeWindow = 600, key = "consumer_name")
  static final class Limited extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(MARKER);
    }
  }

  static final class MethodAnnotated extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    @KeyAuth
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
  }

  @LimitCount(count = 0, timeWindow = 0)
  static final class Wrong extends HttpServlet {
    private static final long serialVersionUID = 1L;
  }

  static final class Open extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      String query = String.valueOf(request.getQueryString());
      String target = query.substring(query.indexOf('=') + 1);
      if (query.startsWith("forward=")) {
        request.getRequestDispatcher(target).forward(request, response);
      } else if (query.startsWith("include=")) {
        request.getRequestDispatcher(target).include(request, response);
      } else {
        response.getWriter().print("open");
      }
    }
  }
}
