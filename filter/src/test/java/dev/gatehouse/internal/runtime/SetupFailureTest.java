package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.GatehouseInitializer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong set-up does not start, and says why; on a real Tomcat. */
class SetupFailureTest {
  private static final String ROUTES =
      "routes:\n  - uris: [\"/orders/*\"]\n    plugins: { key-auth: {} }\n";
  private static final String CONSUMERS =
      """
      consumers:
        - username: acme
          credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
      """;

  @TempDir Path documents;
  private final RecordedLog log = new RecordedLog();
  private final Map<String, String> contextParameters = new LinkedHashMap<>();
  private final List<Consumer<Context>> changes = new ArrayList<>();
  private String contextPath = "/app";

  @BeforeEach
  void listen() {
    Logger.getLogger("dev.gatehouse.config").addHandler(log);
  }

  @AfterEach
  void silence() {
    Logger.getLogger("dev.gatehouse.config").removeHandler(log);
  }

  @Test
  void filterOfAnotherClassNamedGatehouse_doesNotReplaceOurs() throws Exception {
    file("gatehouse.yaml", ROUTES + CONSUMERS);
    changes.add(context -> TestApplications.filter(context, "gatehouse", new Other(), "/other"));
    assertDoesNotStart("web.xml filter 'gatehouse': has the class " + Other.class.getName());
  }

  @Test
  void filterNamedGatehouseForAPrefix_doesNotReplaceOurs() throws Exception {
    file("gatehouse.yaml", ROUTES + CONSUMERS);
    changes.add(
        context -> TestApplications.filter(context, "gatehouse", new ConsumerFilter(), "/other/*"));
    assertDoesNotStart("web.xml filter 'gatehouse': has parameters or no mapping to /*");
  }

  @Test
  void filterNamedGatehouseForAllPaths_servesTheRoutesOfTheFile() throws Exception {
    file("gatehouse.yaml", ROUTES + CONSUMERS);
    changes.add(
        context -> TestApplications.filter(context, "gatehouse", new ConsumerFilter(), "/*"));
    assertProtects();
  }

  @Test
  void filterWithoutAMapping_doesNotStart() throws Exception {
    file("gatehouse.yaml", CONSUMERS);
    changes.add(SetupFailureTest::addUnmapped);
    assertDoesNotStart("web.xml filter 'orders': has no mapping", "<filter-mapping>");
  }

  @Test
  void filterWithoutAMappingWhereNoInitializerRuns_servesNothingAtAll() {
    try (TomcatServer server =
        TomcatServer.start(
            "/app",
            documents,
            context -> {
              addUnmapped(context);
              TestApplications.servlet(context, new ProbeServlet(), "/orders/*");
            })) {
      assertEquals(500, server.get("/orders/1").statusCode());
      assertFalse(server.get("/orders/1").body().contains(ProbeServlet.MARKER));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app/orders/*", "/app/*", "/app", "/app/orders"})
  void patternWithTheContextPath_doesNotStart(String pattern) throws Exception {
    file(
        "gatehouse.yaml",
        "routes:\n  - uris: [\"" + pattern + "\"]\n    plugins: { key-auth: {} }\n" + CONSUMERS);
    assertDoesNotStart("routes[0].uris[0]: begins with the context path /app");
  }

  @Test
  void filterMappedToTheContextPath_doesNotStart() throws Exception {
    file("gatehouse.yaml", CONSUMERS);
    changes.add(
        context ->
            TestApplications.filter(context, "orders", new ConsumerFilter(), "/app/orders/*")
                .addInitParameter("key-auth", "{}"));
    assertDoesNotStart("mapping of the filter 'orders': begins with the context path /app");
  }

  @Test
  void patternThatRepeatsTheContextPath_startsWhereSomethingServesIt() throws Exception {
    contextPath = "/orders";
    file("gatehouse.yaml", ROUTES + CONSUMERS);
    assertProtects();
  }

  @Test
  void patternThatRepeatsTheContextPath_startsIfASettingAllowsIt() throws Exception {
    contextParameters.put("gatehouse.routes.repeat-context-path", "true");
    file(
        "gatehouse.yaml", ROUTES.replace("\"/orders/*\"", "\"/orders/*\", \"/app/*\"") + CONSUMERS);
    assertProtects();
  }

  @Test
  void patternThatNothingServes_isAWarning() throws Exception {
    file(
        "gatehouse.yaml",
        ROUTES.replace("\"/orders/*\"", "\"/orders/*\", \"/oders/*\"") + CONSUMERS);
    assertProtects();
    assertTrue(log.text().contains("serves {0}"), log.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gatehouse.yml",
        "Gatehouse.yaml",
        "gatehouse.json",
        "config/gatehouse.yaml",
        "classes/gatehouse.yaml",
        "classes/META-INF/gatehouse.yml",
        "../gatehouse.yaml",
        "../META-INF/gatehouse.yaml"
      })
  void fileInAPlaceThatIsNotRead_doesNotStart(String name) throws Exception {
    file(name, ROUTES + CONSUMERS);
    assertDoesNotStart("is not read; call it /WEB-INF/gatehouse.yaml");
  }

  @Test
  void fileInAPlaceThatIsNotReadBesideTheRightOne_isAWarning() throws Exception {
    file("gatehouse.yaml", ROUTES + CONSUMERS);
    file("gatehouse.yml", CONSUMERS);
    assertProtects();
    assertTrue(log.text().contains("{0} is not read"), log.text());
  }

  @Test
  void applicationWithoutFileAndRoutes_doesNotStart() {
    assertDoesNotStart("/WEB-INF/gatehouse.yaml: is not there", "gatehouse.routes=none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "consumers: [{ username: acme }]", "plugins: { key-auth: {} }"})
  void fileWithoutRoutes_doesNotStart(String text) throws Exception {
    file("gatehouse.yaml", text);
    assertDoesNotStart("/WEB-INF/gatehouse.yaml: has no routes", "gatehouse.routes=none");
  }

  @Test
  void emptyListOfRoutes_doesNotStart() throws Exception {
    file("gatehouse.yaml", "routes: []\n" + CONSUMERS);
    changes.add(
        context ->
            TestApplications.filter(context, "orders", new ConsumerFilter(), "/orders/*")
                .addInitParameter("key-auth", "{}"));
    assertDoesNotStart("routes: must hold at least one Route");
  }

  @Test
  void applicationWithRoutesDisabled_starts() {
    contextParameters.put("gatehouse.routes", "none");
    try (TomcatServer server = start()) {
      assertTrue(server.get("/orders/1").body().contains(ProbeServlet.MARKER));
    }
  }

  @Test
  void applicationWithRoutesDisabledAndPresent_doesNotStart() throws Exception {
    contextParameters.put("gatehouse.routes", "none");
    file("gatehouse.yaml", ROUTES + CONSUMERS);
    assertDoesNotStart("gatehouse.routes: is none, but there are Routes");
  }

  @Test
  void invalidRoutesProperty_doesNotStart() {
    contextParameters.put("gatehouse.routes", "non");
    assertDoesNotStart("context-param: gatehouse.routes: must be one of required, none");
  }

  @Test
  void routesInCodeOnly_needNoFile() {
    Filter built =
        ConsumerFilter.builder()
            .route(r -> r.uri("/orders/*").plugin("key-auth", "{}"))
            .consumer("acme", c -> c.credential("main", "key-auth", "{\"key\": \"acme-key\"}"))
            .build();
    changes.add(context -> TestApplications.filter(context, "code", built, "/orders/*"));
    assertProtects();
  }

  @Test
  void configOfASystemProperty_protects() throws Exception {
    Path elsewhere = Files.writeString(documents.resolve("routes.yaml"), ROUTES + CONSUMERS);
    System.setProperty("gatehouse.config", "file://" + elsewhere);
    try {
      assertProtects();
    } finally {
      System.clearProperty("gatehouse.config");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "routes: []", "consumers: [{ username: acme }]", ""})
  void reloadToAFileWithoutRoutes_isRefused(String next) throws Exception {
    contextParameters.put("gatehouse.reload-interval", "1");
    file("gatehouse.yaml", ROUTES + CONSUMERS);
    try (TomcatServer server = start()) {
      assertEquals(401, server.get("/orders/1").statusCode());
      file("gatehouse.yaml", next);
      log.await("was not taken");
      assertEquals(401, server.get("/orders/1").statusCode());
      assertFalse(server.get("/orders/1").body().contains(ProbeServlet.MARKER));
      assertTrue(
          server.get("/orders/1", "apikey", "acme-key").body().contains(ProbeServlet.MARKER));
    }
  }

  @Test
  void reloadToAPatternWithTheContextPath_isRefused() throws Exception {
    contextParameters.put("gatehouse.reload-interval", "1");
    file("gatehouse.yaml", ROUTES + CONSUMERS);
    try (TomcatServer server = start()) {
      file("gatehouse.yaml", ROUTES.replace("/orders", "/app/orders") + CONSUMERS);
      log.await("begins with the context path");
      assertEquals(401, server.get("/orders/1").statusCode());
    }
  }

  @Test
  void successfulStart_logsOneSummaryLine() throws Exception {
    Logger.getLogger("dev.gatehouse.config").setLevel(Level.INFO);
    file("gatehouse.yaml", ROUTES + CONSUMERS);
    assertProtects();
    List<String> lines = log.text().lines().filter(line -> line.contains("started")).toList();
    assertEquals(1, lines.size(), log.text());
    for (String part :
        List.of(
            "routes in the file=1 (/WEB-INF/gatehouse.yaml)",
            "consumers=1, credentials=1",
            "store=memory",
            "profile=strict",
            "cluster=none")) {
      assertTrue(lines.get(0).contains(part), lines.get(0));
    }
  }

  @Test
  void startThatFailsInAListener_leavesNoReloadThread() throws Exception {
    contextParameters.put("gatehouse.reload-interval", "1");
    file("gatehouse.yaml", ROUTES + CONSUMERS);
    changes.add(context -> context.addApplicationListener(Failing.class.getName()));
    assertThrows(IllegalStateException.class, () -> start().close());
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("gatehouse-reload")));
  }

  private void assertDoesNotStart(String... parts) {
    assertThrows(IllegalStateException.class, () -> start().close());
    for (String part : parts) {
      assertTrue(log.text().contains(part), () -> part + " is missing in " + log.text());
    }
  }

  private void assertProtects() {
    try (TomcatServer server = start()) {
      assertEquals(401, server.get("/orders/1").statusCode());
      assertFalse(server.get("/orders/1").body().contains(ProbeServlet.MARKER));
      assertTrue(
          server.get("/orders/1", "apikey", "acme-key").body().contains(ProbeServlet.MARKER));
      assertTrue(server.get("/other").body().contains(ProbeServlet.MARKER), "other paths are open");
    }
  }

  private TomcatServer start() {
    return TomcatServer.start(
        contextPath,
        documents,
        context -> {
          contextParameters.forEach(context::addParameter);
          context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
          changes.forEach(change -> change.accept(context));
          TestApplications.servlet(context, new ProbeServlet(), "/orders/*");
          TestApplications.servlet(context, new ProbeServlet(), "/other");
        });
  }

  private static void addUnmapped(Context context) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("orders");
    definition.setFilter(new ConsumerFilter());
    definition.setFilterClass(ConsumerFilter.class.getName());
    definition.addInitParameter("key-auth", "{}");
    context.addFilterDef(definition);
  }

  /** Replaced by renaming, and older than a moment, so that it is taken at the next look. */
  private void file(String name, String text) throws IOException {
    Path file = documents.resolve("WEB-INF").resolve(name);
    Files.createDirectories(documents.resolve("WEB-INF"));
    Files.createDirectories(file.getParent());
    Path next = Files.writeString(documents.resolve("next"), text);
    Files.setLastModifiedTime(next, FileTime.from(Instant.now().minusSeconds(1)));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static final class Other implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(request, response);
    }
  }

  /** Fails at every start. */
  public static final class Failing implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      throw new IllegalStateException("the application's own");
    }
  }
}
