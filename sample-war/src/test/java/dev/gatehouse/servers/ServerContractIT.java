package dev.gatehouse.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds on every server, asked from outside. */
@ParameterizedClass(name = "{0}")
@MethodSource("chosen")
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
  static void stop() {
    server.close();
  }

  @Test
  void views_ofAServlet_areEqual() throws Exception {
    assertViews("acme", true, views("/views/", "acme"));
    assertViews("globex", false, views("/views/", "globex"));
  }

  @Test
  void views_ofARestResource_areEqual() throws Exception {
    assertViews("acme", true, views("/rest/views", "acme"));
    assertViews("globex", false, views("/rest/views", "globex"));
  }

  @Test
  void views_ofAnAnonymousCaller_areThoseOfTheAnonymousConsumer() throws Exception {
    assertViews("guest", false, views("/open/", null));
  }

  @Test
  void noKey_orAWrongOne_isRefusedWithoutTheBody() throws Exception {
    for (String path : List.of("/views/", "/rest/views", "/rest/views/readers", "/dispatch/")) {
      assertRefused(401, client.get(path));
      assertRefused(401, client.get(path, "apikey", "wrong"));
    }
  }

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

  @Test
  void rolesAllowed_ofARestResource_isDecidedByTheConsumersRoles() throws Exception {
    if (kind.full()) {
      assertViews("acme", true, views("/rest/views/readers", "acme"));
      assertRefused(403, client.get("/rest/views/readers", "apikey", "globex-contract-key"));
    }
  }

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

  @Test
  void consumersBesideAnOwnMechanism_areKnownToEverybody() throws Exception {
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

  @Test
  void loginOfTheServer_staysTheServers() throws Exception {
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
