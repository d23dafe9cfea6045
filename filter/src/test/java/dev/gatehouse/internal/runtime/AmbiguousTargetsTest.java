package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.AmbiguousTargets;
import dev.gatehouse.contract.LenientRouter;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.GatehouseInitializer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No unclear target leads to a protected resource, wherever its Route is configured; on a real
 * Tomcat, before a router that reads paths as loosely as any.
 */
class AmbiguousTargetsTest {
  private static final String ORDERS = "/rest/orders";
  private static final String CONSUMERS =
      """
      consumers:
        - username: acme
          labels: { tier: gold }
          credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
        - username: globex
          labels: { tier: silver }
          credentials: [{ name: main, plugins: { key-auth: { key: globex-key } } }]
      """;
  private static final String ACL = "{\"allow_labels\": {\"tier\": [\"gold\"]}}";

  @TempDir Path documents;

  @Test
  void routeOfTheFile_isReachedByNoAmbiguousTarget() throws Exception {
    file(
        "routes:\n  - uris: [\"/rest/orders/*\"]\n    plugins: { key-auth: {}, acl: "
            + ACL
            + " }\n"
            + CONSUMERS);
    assertProtected(AmbiguousTargetsTest::initialize);
  }

  @Test
  void routeOfWebXmlAlone_isReachedByNoAmbiguousTarget() throws Exception {
    file(CONSUMERS);
    assertProtected(
        context -> {
          initialize(context);
          declare(context, "orders", ORDERS + "/*");
        });
  }

  @Test
  void routeOfWebXmlWithoutAFile_isReachedByNoAmbiguousTarget() {
    try (TomcatServer server =
        start(
            context -> {
              initialize(context);
              declare(context, "orders", ORDERS + "/*");
            })) {
      assertTrue(
          get(server, "/rest/other", "").contains(LenientRouter.OPEN), "other paths are open");
      assertFalse(get(server, ORDERS + "/1", "").contains(LenientRouter.PROTECTED));
      assertNoneReaches(server, "");
    }
  }

  @Test
  void routeOfWebXmlForAllPathsWhereNoInitializerRuns_isReachedByNoAmbiguousTarget()
      throws Exception {
    file(CONSUMERS);
    try (TomcatServer server = start(context -> declare(context, "all", "/*"))) {
      assertTrue(get(server, ORDERS + "/1", "acme-key").contains(LenientRouter.PROTECTED));
      assertNoneReaches(server, "");
      assertNoneReaches(server, "globex-key");
    }
  }

  @Test
  void routeOfWebXmlForAPrefixWhereNoInitializerRuns_servesNothingAtAll() throws Exception {
    file(CONSUMERS);
    try (TomcatServer server = start(context -> declare(context, "orders", ORDERS + "/*"))) {
      assertServesNothing(server);
    }
  }

  @Test
  void routeOfCode_isReachedByNoAmbiguousTarget() {
    assertProtected(
        context -> {
          initialize(context);
          TestApplications.filter(context, "code", built(), ORDERS + "/*");
        });
  }

  @Test
  void routeOfCodeAddedLate_isReachedByNoAmbiguousTarget() {
    assertProtected(
        context -> {
          context.addServletContainerInitializer(
              (classes, application) ->
                  application
                      .addFilter("code", built())
                      .addMappingForUrlPatterns(
                          EnumSet.of(DispatcherType.REQUEST), true, ORDERS + "/*"),
              Set.of());
          initialize(context);
        });
  }

  @Test
  void routeOfCodeForAllPathsWhereNoInitializerRuns_isReachedByNoAmbiguousTarget() {
    assertProtected(context -> TestApplications.filter(context, "code", built(), "/*"));
  }

  @Test
  void routeOfCodeForAPrefixWhereNoInitializerRuns_servesNothingAtAll() {
    try (TomcatServer server =
        start(context -> TestApplications.filter(context, "code", built(), ORDERS + "/*"))) {
      assertServesNothing(server);
    }
  }

  private void assertProtected(Consumer<Context> application) {
    try (TomcatServer server = start(application)) {
      assertTrue(
          get(server, "/rest/other", "").contains(LenientRouter.OPEN), "other paths are open");
      assertTrue(
          get(server, ORDERS + "/1", "acme-key").contains(LenientRouter.PROTECTED),
          "the key opens");
      assertFalse(get(server, ORDERS + "/1", "globex-key").contains(LenientRouter.PROTECTED));
      for (String how : List.of("forward", "include", "async")) {
        String open = "/open?how=" + how + "&to=";
        assertTrue(get(server, open + ORDERS + "/1", "acme-key").contains(LenientRouter.PROTECTED));
        assertTrue(get(server, open + "/rest/other", "").contains(LenientRouter.OPEN));
      }
      assertNoneReaches(server, "");
      assertNoneReaches(server, "globex-key");
    }
  }

  private static void assertNoneReaches(TomcatServer server, String key) {
    Set<String> unclear = AmbiguousTargets.of(ORDERS + "/1");
    for (String target : unclear) {
      assertNotReached(server, target, key);
    }
    unclear.add(ORDERS + "/1");
    for (String how : List.of("forward", "include", "async")) {
      String open = "/open?how=" + how + "&to=";
      for (String target : unclear) {
        assertNotReached(server, open + URLEncoder.encode(target, StandardCharsets.UTF_8), key);
      }
    }
    assertNotReached(server, "/open?how=error&to=418", key);
  }

  private static void assertNotReached(TomcatServer server, String target, String key) {
    String answer = get(server, target, key);
    assertFalse(answer.contains(LenientRouter.PROTECTED), target + " as " + key + ": " + answer);
  }

  private static void assertServesNothing(TomcatServer server) {
    for (String key : new String[] {"", "globex-key", "acme-key"}) {
      assertEquals("500", get(server, ORDERS + "/1", key).substring(9, 12));
      assertEquals("500", get(server, "/rest/other", key).substring(9, 12));
      assertNoneReaches(server, key);
    }
  }

  private static String get(TomcatServer server, String target, String key) {
    return server.rawGet("/app" + target, key.isEmpty() ? "" : "apikey: " + key + "\r\n");
  }

  private TomcatServer start(Consumer<Context> application) {
    return TomcatServer.start(
        "/app",
        documents,
        context -> {
          application.accept(context);
          TestApplications.servlet(context, new LenientRouter("/app" + ORDERS), "/rest/*");
          TestApplications.servlet(context, new DispatchingServlet(), "/open");
          ErrorPage page = new ErrorPage();
          page.setErrorCode(418);
          page.setLocation(ORDERS + "/1");
          context.addErrorPage(page);
        });
  }

  private static void initialize(Context context) {
    context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
  }

  private static void declare(Context context, String name, String pattern) {
    var filter = TestApplications.filter(context, name, new ConsumerFilter(), pattern);
    filter.addInitParameter("key-auth", "{}");
    filter.addInitParameter("acl", ACL);
  }

  private static Filter built() {
    return ConsumerFilter.builder()
        .route(r -> r.uri(ORDERS + "/*").plugin("key-auth", "{}").plugin("acl", ACL))
        .consumer(
            "acme",
            c -> c.label("tier", "gold").credential("main", "key-auth", "{\"key\": \"acme-key\"}"))
        .consumer(
            "globex",
            c ->
                c.label("tier", "silver")
                    .credential("main", "key-auth", "{\"key\": \"globex-key\"}"))
        .build();
  }

  private void file(String text) throws IOException {
    Files.writeString(
        Files.createDirectories(documents.resolve("WEB-INF")).resolve("gatehouse.yaml"), text);
  }
}
