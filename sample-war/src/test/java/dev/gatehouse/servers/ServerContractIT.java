package dev.gatehouse.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.AmbiguousTargets;
import dev.gatehouse.sample.Client;
import dev.gatehouse.sample.RawRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds on every server, asked from outside. */
@ParameterizedClass(name = "{0}")
@MethodSource("chosen")
@ExtendWith(ServersPage.class)
class ServerContractIT {
  private static final String PROTECTED = "protected";

  private static RunningServer server;
  private static Client client;

  @Parameter Servers kind;

  static Stream<Servers> chosen() {
    String names = System.getProperty("contract.servers", "TOMCAT,JETTY");
    return Arrays.stream(names.split(",", -1)).map(Servers::valueOf);
  }

  @BeforeParameterizedClassInvocation
  static void start(Servers kind) throws Exception {
    server = kind.start(new ContractWar(kind).all());
    client = server.client("contract");
  }

  @AfterParameterizedClassInvocation
  static void stop(Servers kind) throws IOException {
    server.close();
    ServersPage.settle(kind);
  }

  @Line("All views of the caller agree in a servlet")
  @Test
  void views_ofAServlet_areEqual() throws Exception {
    assertViews("acme", true, views("/views/", "acme"));
    assertViews("globex", false, views("/views/", "globex"));
  }

  @Line("All views of the caller agree in a REST resource")
  @Test
  void views_ofARestResource_areEqual() throws Exception {
    assertViews("acme", true, views("/rest/views", "acme"));
    assertViews("globex", false, views("/rest/views", "globex"));
  }

  @Line("All views agree on the anonymous Consumer")
  @Test
  void views_ofAnAnonymousCaller_areThoseOfTheAnonymousConsumer() throws Exception {
    assertViews("guest", false, views("/open/", null));
  }

  @Line("Without a key, or with a wrong one: 401")
  @Test
  void noKey_orAWrongOne_isRefusedWithoutTheBody() throws Exception {
    for (String path : List.of("/views/", "/rest/views", "/rest/views/readers", "/dispatch/")) {
      assertRefused(401, client.get(path));
      assertRefused(401, client.get(path, "apikey", "wrong"));
    }
  }

  @Line(value = "`<security-constraint>` is decided by the Consumer's roles", jakartaEe = true)
  @Test
  void securityConstraint_isDecidedByTheConsumersRoles() throws Exception {
    for (String path : List.of("/constrained/", "/constrained-open/")) {
      for (String key : List.of("none", "wrong", "globex-contract-key")) {
        HttpResponse<String> refused = client.get(path, "apikey", key);
        assertTrue(
            List.of(401, 403).contains(refused.statusCode()),
            () -> path + ' ' + key + ": " + refused.statusCode() + ' ' + refused.headers());
        assertFalse(refused.body().contains(PROTECTED), refused.body());
      }
    }
    if (kind.full()) {
      assertEquals(401, client.get("/constrained/").statusCode());
      assertEquals(403, client.get("/constrained/", "apikey", "globex-contract-key").statusCode());
      assertViews("acme", true, views("/constrained/", "acme"));
    }
  }

  @Line(
      value = "`@RolesAllowed` at REST resources is decided by the Consumer's roles",
      jakartaEe = true)
  @Test
  void rolesAllowed_ofARestResource_isDecidedByTheConsumersRoles() throws Exception {
    if (kind.full()) {
      assertViews("acme", true, views("/rest/views/readers", "acme"));
      assertRefused(403, client.get("/rest/views/readers", "apikey", "globex-contract-key"));
    }
  }

  @Line("`<absolute-ordering/>` and `metadata-complete`, with the filter in `web.xml`")
  @Test
  void ownDeclarations_withoutFragments_protectAsTheySay() throws Exception {
    Client ordered = server.client("ordered");
    assertRefused(401, ordered.get("/views/"));
    assertRefused(401, ordered.get("/views/", "apikey", "wrong"));
    Map<String, String> views = views(ordered.get("/views/", "apikey", "acme-contract-key"));
    for (String view : List.of("servlet.principal", "servlet.remoteUser", "consumers.of")) {
      assertEquals("acme", views.get(view), view);
    }
  }

  @Line(value = "The application's own Basic mechanism logs in as before", jakartaEe = true)
  @Test
  void ownMechanism_stillLogsInItsUsers() throws Exception {
    if (kind.full()) {
      Client beside = server.client("beside");
      String basic = basic("root:beside-password");
      HttpResponse<String> own = beside.get("/constrained-open/", "Authorization", basic);
      assertEquals("root", views(own).get("servlet.principal"));
      assertEquals("root", views(own).get("security.principal"));
      assertEquals("true", views(own).get("servlet.role"));
      assertEquals("root", views(own).get("ejb.principal"));
      assertEquals("IllegalStateException", views(own).get("cdi.consumer"));
      HttpResponse<String> challenged = beside.get("/constrained-open/");
      assertRefused(401, challenged);
      assertEquals(
          "Basic realm=\"beside\"", challenged.headers().firstValue("WWW-Authenticate").orElse(""));
      assertRefused(401, beside.get("/constrained-open/", "Authorization", basic("root:another")));
    }
  }

  @Line(value = "All views agree beside an own mechanism and an own filter", jakartaEe = true)
  @Test
  void consumersBesideAnOwnMechanism_areKnownEverywhere() throws Exception {
    Client beside = server.client("beside");
    if (kind.has(Servers.Limit.TAKES_EITHER_MECHANISM)) {
      Map<String, String> views = views(beside.get("/views/", "apikey", "acme-contract-key"));
      assertEquals("acme", views.get("servlet.principal"));
      assertEquals("acme", views.get("cdi.consumer"));
    } else if (kind.full()) {
      for (String path : List.of("/views/", "/rest/views", "/constrained/")) {
        HttpResponse<String> answer = beside.get(path, "apikey", "acme-contract-key");
        assertViews("acme", true, views(answer));
        assertTrue(answer.headers().firstValue("Own-Filter").isPresent());
      }
      assertRefused(401, beside.get("/views/", "Authorization", basic("root:beside-password")));
      assertRefused(403, beside.get("/constrained/", "apikey", "globex-contract-key"));
      assertRefused(401, beside.get("/constrained/", "apikey", "wrong"));
    }
  }

  @Line(value = "`<login-config>` stays the server's", jakartaEe = true)
  @Test
  void loginOfTheServer_remainsWithTheServer() throws Exception {
    if (kind.full()) {
      Client login = server.client("login");
      HttpResponse<String> challenged = login.get("/constrained-open/");
      assertRefused(401, challenged);
      assertTrue(
          challenged.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic"),
          challenged.headers().toString());
      HttpResponse<String> ours = login.get("/views/", "apikey", "acme-contract-key");
      assertEquals("acme", views(ours).get("servlet.principal"));
      assertRefused(401, login.get("/views/", "apikey", "wrong"));
    }
  }

  @Line(
      "FORWARD, INCLUDE, ERROR, ASYNC, `AsyncContext.start`, own threads, non-blocking reads and writes")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync",
        "forward",
        "include",
        "async",
        "async-arguments",
        "start",
        "thread",
        "nio",
        "error"
      })
  void everyDispatch_identifiesTheCallerAndIsClosedWithoutOne(String how) throws Exception {
    for (String caller : List.of("acme", "globex")) {
      String body = dispatched(how, "apikey", caller + "-contract-key").body();
      assertTrue(body.startsWith("protected " + caller + ' ' + caller), () -> how + ": " + body);
    }
    assertRefused(401, dispatched(how));
    assertRefused(401, dispatched(how, "apikey", "wrong"));
  }

  private static HttpResponse<String> dispatched(String how, String... headers) throws IOException {
    return how.equals("nio")
        ? client.post("/dispatch/nio", "{}", headers)
        : client.get("/dispatch/" + how, headers);
  }

  @Line("A dispatch from an open path opens no protected one")
  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async", "async-arguments"})
  void dispatchFromAnOpenPath_isRefusedAtAProtectedOne(String how) throws Exception {
    String open = client.get("/open-dispatch/" + how + "?to=/open-dispatch/sync").body();
    assertTrue(open.startsWith("protected null"), open);
    for (String to : List.of("/dispatch/sync", "/views/")) {
      String target = "/open-dispatch/" + how + "?to=" + to;
      assertFalse(client.get(target).body().contains(PROTECTED), target);
      assertFalse(client.get(target, "apikey", "wrong").body().contains(PROTECTED), target);
      String served = client.get(target, "apikey", "acme-contract-key").body();
      assertTrue(served.contains(PROTECTED) && served.contains("acme"), served);
    }
  }

  @Line("`@Suspended` and server-sent events")
  @ParameterizedTest
  @ValueSource(strings = {"", "/events"})
  void suspendedRestCall_identifiesTheCaller(String how) throws Exception {
    String body = client.get("/rest/suspended" + how, "apikey", "acme-contract-key").body();
    assertTrue(body.contains("protected acme acme"), () -> how + ": " + body + server.log());
    assertRefused(401, client.get("/rest/suspended" + how));
  }

  @Line("HTTP upgrade: refused without a key, known with one")
  @Test
  void upgrade_isRefusedWithoutAKeyAndKnowsTheCallerWithOne() throws Exception {
    String head =
        "GET /contract/dispatch/upgrade HTTP/1.1\r\nHost: localhost\r\n"
            + "Connection: Upgrade\r\nUpgrade: echo\r\n";
    if (!kind.has(Servers.Limit.NO_UPGRADE)) {
      String served = client.raw(head + "apikey: acme-contract-key\r\n\r\n", "acme acme");
      assertTrue(served.startsWith("HTTP/1.1 101") && served.contains("protected acme"), served);
    }
    String refused = client.raw(head + "apikey: wrong\r\nConnection: close\r\n\r\n");
    assertTrue(refused.startsWith("HTTP/1.1 401") && !refused.contains(PROTECTED), refused);
  }

  @Line("64 connections, 20 callers, 10,000 requests in all kinds of dispatch: no mix-up")
  @Test
  void concurrentCallersInEveryDispatch_areNeverMixedUp() throws Exception {
    assertEquals(List.of(), new ConcurrentCallers(server, 64, 20, 10_000).mismatches());
  }

  @Line("Unclear request targets never show a protected body")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/contract/views/a",
        "/contract/rest/views",
        "/ordered/views/a",
        "/annotated/vault/a",
        "/annotated/rest/guarded",
        "/annotated/rest/plain/guarded"
      })
  void ambiguousTargets_neverShowTheProtectedBodyWithoutAKey(String clear) throws Exception {
    List<String> shown = new ArrayList<>();
    for (String target : AmbiguousTargets.of(clear)) {
      for (String headers : List.of("apikey: wrong", "X-Consumer-Username: acme")) {
        if (client.raw(RawRequest.get(target, headers)).contains(PROTECTED)) {
          shown.add(target);
        }
      }
    }
    assertEquals(List.of(), shown);
    String served = client.raw(RawRequest.get(clear, "apikey: acme-contract-key"));
    assertTrue(served.contains(PROTECTED), served);
  }

  @Line("Annotations at servlets, REST resources and beans")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/vault/a",
        "/rest/guarded",
        "/rest/guarded/later",
        "/rest/plain/guarded",
        "/rest/plain/below",
        "/rest/partner"
      })
  void annotatedEndpoint_isClosedWithoutAKeyAndKnowsTheCallerWithOne(String path) throws Exception {
    Client annotated = server.client("annotated");
    assertRefused(401, annotated.get(path));
    HttpResponse<String> wrong = annotated.get(path, "apikey", "wrong");
    assertRefused(401, wrong);
    assertEquals("apikey realm=\"key\"", wrong.headers().firstValue("WWW-Authenticate").orElse(""));
    HttpResponse<String> served = annotated.get(path, "apikey", "acme-contract-key");
    assertTrue(
        served.body().startsWith("protected acme acme"),
        () -> served.statusCode() + " " + served.headers() + served.body() + server.log());
  }

  @Line("Annotations at servlets, REST resources and beans")
  @Test
  void annotatedMethods_areCheckedByTheirOwnPlugins() throws Exception {
    Client annotated = server.client("annotated");
    assertEquals("open", annotated.get("/rest/plain").body());
    String readers = "/rest/guarded/readers";
    assertRefused(403, annotated.get(readers, "apikey", "globex-contract-key"));
    assertTrue(annotated.get(readers, "apikey", "acme-contract-key").body().contains(PROTECTED));
    String limited = "/rest/guarded/limited";
    for (String left : List.of("1", "0")) {
      HttpResponse<String> answer = annotated.get(limited, "apikey", "acme-contract-key");
      assertTrue(answer.body().contains(PROTECTED), answer.body());
      assertEquals(left, answer.headers().firstValue("X-RateLimit-Remaining").orElse(""));
    }
    assertRefused(429, annotated.get(limited, "apikey", "acme-contract-key"));
    String posted = annotated.post("/rest/guarded", "{}", "apikey", "acme-contract-key").body();
    assertEquals("protected acme acme acme {}", posted);
  }

  @Line("Annotations at servlets, REST resources and beans")
  @ParameterizedTest
  @ValueSource(strings = {"/ledger", "/rest/ledger"})
  void annotatedBean_refusesCallersOfAnOpenRoute(String path) throws Exception {
    Client annotated = server.client("annotated");
    assertEquals("ledger", annotated.get("/rest/ledger/title").body());
    HttpResponse<String> none = annotated.get(path);
    assertRefused(401, none);
    assertTrue(none.body().contains("Missing API key"), none.body());
    assertRefused(403, annotated.get(path, "apikey", "globex-contract-key"));
    assertEquals("protected ledger", annotated.get(path, "apikey", "acme-contract-key").body());
    assertEquals(
        "refused by IllegalStateException",
        annotated.get("/ledger/elsewhere", "apikey", "acme-contract-key").body());
  }

  @Line("The README's quick start, unchanged")
  @Test
  void quickStartOfTheReadme_protectsAnApplicationThatWasThereBefore() throws Exception {
    Client orders = server.client("quickstart");
    String served = "orders of acme";
    String key = System.getenv("ACME_KEY");
    assertEquals(401, orders.get("/orders/").statusCode());
    assertFalse(orders.get("/orders/", "apikey", "wrong").body().contains("orders of"));
    for (int i = 0; i < 100; i++) {
      assertEquals(served, orders.get("/orders/", "apikey", key).body());
    }
    HttpResponse<String> refused = orders.get("/orders/", "apikey", key);
    assertEquals(429, refused.statusCode());
    assertFalse(refused.body().contains("orders of"), refused.body());
  }

  @Line(value = "`@Inject Consumer` on threads of a managed executor", jakartaEe = true)
  @Test
  void managedExecutor_carriesTheCaller() throws Exception {
    if (kind.full()) {
      for (String caller : List.of("acme", "globex", "acme")) {
        String body = client.get("/views/managed", "apikey", caller + "-contract-key").body();
        boolean carried = !kind.has(Servers.Limit.NO_CONTEXT_PROVIDERS);
        assertEquals("protected " + (carried ? caller : "IllegalStateException"), body);
      }
      assertRefused(401, client.get("/views/managed"));
    }
  }

  @Line(value = "Faces pages, open and behind a Route", jakartaEe = true)
  @Test
  void facesPages_areServedAsBefore() throws Exception {
    if (kind.full()) {
      Client beside = server.client("beside");
      String open = beside.get("/open.xhtml").body();
      assertTrue(open.contains("page of"), open);
      assertFalse(beside.get("/guarded.xhtml").body().contains("page of"));
      assertEquals(401, beside.get("/guarded.xhtml", "apikey", "wrong").statusCode());
      String guarded = beside.get("/guarded.xhtml", "apikey", "acme-contract-key").body();
      assertTrue(guarded.contains("page of acme"), guarded);
    }
  }

  @Test
  void tokensOfMicroProfile_stillLogInTheirUsers() throws Exception {
    if (kind.brings(Servers.Part.MICROPROFILE_JWT)) {
      Client tokens = server.client("tokens");
      String reader = "Bearer " + Tokens.of("alice", "reader");
      assertEquals("protected alice", tokens.get("/rest/mine", "Authorization", reader).body());
      String writer = "Bearer " + Tokens.of("bob", "writer");
      assertRefused(403, tokens.get("/rest/mine", "Authorization", writer));
      assertRefused(401, tokens.get("/rest/mine"));
      assertEquals("protected acme", tokens.get("/views/", "apikey", "acme-contract-key").body());
      assertRefused(401, tokens.get("/views/", "Authorization", reader));
    }
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, String> views(String path, String consumer) throws IOException {
    return views(
        consumer == null
            ? client.get(path)
            : client.get(path, "apikey", consumer + "-contract-key"));
  }

  private static Map<String, String> views(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), () -> answer.body() + server.log());
    assertTrue(answer.body().startsWith(PROTECTED), answer.body());
    Map<String, String> views = new TreeMap<>();
    answer
        .body()
        .lines()
        .skip(1)
        .forEach(line -> views.put(line.split("=", -1)[0], line.split("=", -1)[1]));
    return views;
  }

  private void assertViews(String consumer, boolean reader, Map<String, String> views) {
    Map<String, String> expected = new TreeMap<>();
    views
        .keySet()
        .forEach(
            view ->
                expected.put(
                    view,
                    view.toLowerCase(Locale.ROOT).contains("role")
                        ? String.valueOf(reader)
                        : consumer));
    if (kind.has(Servers.Limit.CALLER_HAS_NO_ROLES)) {
      expected.replace("security.role", "false");
    }
    assertEquals(expected, views);
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertFalse(answer.body().contains(PROTECTED), answer.body());
    assertEquals(status, answer.statusCode(), () -> answer.headers() + "\n" + answer.body());
  }
}
