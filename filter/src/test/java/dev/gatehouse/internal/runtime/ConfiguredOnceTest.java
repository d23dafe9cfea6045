package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.AuthSettings;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin reads the settings of a Route once, wherever the Route is declared. */
class ConfiguredOnceTest {
  private static final Queue<String> CONFIGURED = new ConcurrentLinkedQueue<>();
  private static final List<String> BOTH = List.of("counting-auth", "counting");
  private static final FileTime OLD = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path documents;

  @BeforeEach
  void forget() {
    CONFIGURED.clear();
  }

  @Test
  void routeOfTheFile() throws IOException {
    write("routes: [{ uris: [/a/*], plugins: { counting-auth: {}, counting: {} } }]");
    try (TomcatServer server = start(context -> {})) {
      assertEquals(BOTH, counted());
      assertEquals(401, server.get("/a/x").statusCode());
      assertEquals(BOTH, counted());
    }
  }

  @Test
  void pluginOfAllRoutes_isSharedByThem() throws IOException {
    write(
        "plugins: { counting: {} }\n"
            + "routes: [{ uris: [/a/*], plugins: {} }, { uris: [/b/*], plugins: {} }]");
    try (TomcatServer server = start(context -> {})) {
      assertEquals(200, server.get("/a/x").statusCode());
      assertEquals(200, server.get("/b/x").statusCode());
      assertEquals(List.of("counting"), counted());
    }
  }

  @Test
  void severalFiltersOfOneFile_shareItsRoutes() throws IOException {
    write("routes: [{ uris: [/a/*], plugins: { counting-auth: {}, counting: {} } }]");
    try (TomcatServer server =
        start(context -> TestApplications.filter(context, "more", new ConsumerFilter(), "/a/*"))) {
      assertEquals(401, server.get("/a/x").statusCode());
      assertEquals(BOTH, counted());
    }
  }

  @Test
  void parametersOfAFilter() throws IOException {
    write("consumers: []");
    try (TomcatServer server = start(context -> parameters(context, "own", "/own/*"))) {
      assertEquals(401, server.get("/own/x").statusCode());
      assertEquals(BOTH.stream().sorted().toList(), counted().stream().sorted().toList());
    }
  }

  @Test
  void endpoint_isConfiguredWhenItIsFirstSeen() throws IOException {
    write("routes: [{ uris: [/a/*], plugins: {} }]");
    ServletContext[] served = new ServletContext[1];
    try (TomcatServer server =
        start(
            context ->
                context.addServletContainerInitializer(
                    (classes, servlets) -> served[0] = servlets, null))) {
      Endpoints endpoints = Endpoints.of(served[0]);
      endpoints.open("Bean#method()", Map.of("counting", "{}"));
      endpoints.open("Bean#method()", Map.of("counting", "{}"));
      assertEquals(200, server.get("/a/x").statusCode());
      assertEquals(List.of("counting"), counted());
    }
  }

  @Test
  void filterInCode() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .credentialPlugin(new CountingAuth())
            .interceptor(new Counting())
            .route(r -> r.uri("/a/*").plugin("counting-auth", "{}").plugin("counting", "{}"))
            .build();
    assertEquals(BOTH, counted());
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      assertEquals(401, server.get("/a/x").statusCode());
      assertEquals(BOTH, counted());
    }
  }

  @Test
  void reload_configuresTheRoutesOfTheFileOnceMore_andNoOthers() throws Exception {
    write("routes: [{ name: first, uris: [/a/*], plugins: { counting-auth: {}, counting: {} } }]");
    try (TomcatServer server =
        start(
            context -> {
              context.addParameter("gatehouse.reload-interval", "1");
              parameters(context, "own", "/own/*");
            })) {
      assertEquals(4, counted().size(), counted()::toString);
      forget();
      write(
          "routes: [{ name: first, uris: [/b/*], plugins: { counting-auth: {}, counting: {} } }]");
      Instant end = Instant.now().plusSeconds(20);
      while (server.get("/b/x").statusCode() != 401) {
        assertTrue(Instant.now().isBefore(end), "not within 20 s");
      }
      assertEquals(BOTH, counted());
    }
  }

  @Test
  void warningAboutSignaturesWithoutDate_isLoggedOnce() {
    Queue<String> warnings = new ConcurrentLinkedQueue<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord each) {
            warnings.add(String.valueOf(each.getMessage()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger auth = Logger.getLogger("dev.gatehouse.auth");
    auth.addHandler(handler);
    try {
      ConsumerFilter.builder()
          .profile(Profile.API7)
          .route(r -> r.uri("/*").plugin("hmac-auth", "{\"signed_headers\": [\"x-id\"]}"))
          .build()
          .destroy();
    } finally {
      auth.removeHandler(handler);
    }
    assertEquals(1, warnings.size(), warnings::toString);
  }

  private static List<String> counted() {
    return List.copyOf(CONFIGURED);
  }

  private static void parameters(Context context, String name, String pattern) {
    TestApplications.filter(context, name, new ConsumerFilter(), pattern);
    context.findFilterDef(name).addInitParameter("counting-auth", "{}");
    context.findFilterDef(name).addInitParameter("counting", "{}");
  }

  private void write(String text) throws IOException {
    Path directory = Files.createDirectories(documents.resolve("WEB-INF"));
    Path file = Files.writeString(directory.resolve("gatehouse.yaml"), text);
    Files.setLastModifiedTime(file, OLD);
  }

  /** Returns an application that brings the counting plugins as services. */
  private TomcatServer start(Consumer<Context> more) throws IOException {
    Path services = Files.createDirectories(documents.resolve("classes/META-INF/services"));
    Files.writeString(
        services.resolve(CredentialPlugin.class.getName()), CountingAuth.class.getName());
    Files.writeString(
        services.resolve(ConsumerInterceptor.class.getName()), Counting.class.getName());
    URL classes = documents.resolve("classes").toUri().toURL();
    ClassLoader loader = new URLClassLoader(new URL[] {classes}, getClass().getClassLoader());
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.setParentClassLoader(loader);
          TestApplications.filter(context, "gate", new ConsumerFilter(), "/*");
          more.accept(context);
          TestApplications.servlet(context, new ProbeServlet(), "/*");
        });
  }

  /** Lets everything through. */
  public static final class Counting implements ConsumerInterceptor<String> {
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
      CONFIGURED.add(name());
      return "";
    }

    @Override
    public Decision check(String config, InterceptedRequest call) {
      return Decision.ALLOW;
    }
  }

  /** Lets nothing through. */
  public static final class CountingAuth implements CredentialPlugin<CountingAuth.Config> {
    record Config(AuthSettings common) implements AuthConfig {
      @Override
      public List<String> challenges() {
        return List.of();
      }

      @Override
      public List<CredentialLocation> places() {
        return List.of();
      }
    }

    @Override
    public String name() {
      return "counting-auth";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public String attribute() {
      return "key";
    }

    @Override
    public Config configure(SettingsReader settings, PluginServices parts) {
      CONFIGURED.add(name());
      return new Config(AuthSettings.read(settings, "x"));
    }

    @Override
    public EnrolledCredential readCredential(SettingsReader settings, PluginServices parts) {
      throw new AssertionError("there is no Credential");
    }

    @Override
    public AuthResult authenticate(
        Config config, GateRequest request, CredentialLookup credentials) {
      return new AuthResult.NoCredential(Reply.message(401, "no"));
    }
  }
}
