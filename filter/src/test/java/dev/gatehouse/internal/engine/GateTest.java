package dev.gatehouse.internal.engine;

import static dev.gatehouse.internal.engine.TestGates.NOW;
import static dev.gatehouse.internal.engine.TestGates.plugins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Profile;
import dev.gatehouse.Route;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final PluginSet KEY = plugins("key-auth", "");
  private static final Consumer ACME = Consumer.named("acme").build();

  private final TestGates parts = new TestGates().consumer(ACME, "good");

  @Test
  void admit_whenNoRouteHolds_passes() {
    Gate gate = parts.route("/orders/*", KEY).open();
    assertInstanceOf(Verdict.Pass.class, admit(gate, FakeRequest.get("/public")));
    assertInstanceOf(Verdict.Pass.class, admit(gate, FakeRequest.get("/ordersx")));
  }

  @Test
  void admit_whenTheTargetIsAmbiguous_refusesEvenWithoutRoute() {
    Gate gate = parts.route("/orders/*", KEY).open();
    assertEquals(400, refused(admit(gate, FakeRequest.get("/a/../orders"))).status());
    assertEquals(400, refused(admit(gate, FakeRequest.get("//public"))).status());
  }

  @Test
  void admit_whenTheContainerReadsAnotherPath_refuses() {
    Gate gate = parts.route("/orders/*", KEY).open();
    FakeRequest good = FakeRequest.get("/app/x").header("apikey", "good");
    assertEquals(400, refused(admit(gate, good.served("/app", "/orders"))).status());
    assertEquals(400, refused(admit(gate, good.served("/ap", "/x"))).status());
    assertEquals(400, refused(admit(gate, good.served("", "/x"))).status());
    assertInstanceOf(Verdict.Pass.class, admit(gate, good.served("/app", "/x")));
  }

  @Test
  void admit_whenTheContainerServesAWelcomeFile_checksBothPaths() {
    Gate gate = parts.route("/docs/index.html", KEY).route("/help/", KEY).open();
    FakeRequest docs = FakeRequest.get("/docs/");
    assertEquals(401, refused(admit(gate, docs.served("", "/docs/index.html"))).status());
    FakeRequest help = FakeRequest.get("/help/");
    assertEquals(401, refused(admit(gate, help.served("", "/help/index.html"))).status());
    assertEquals(400, refused(admit(gate, help.served("", "/help/a/index.html"))).status());
  }

  @Test
  void admit_whenTheContainerReadsAPlusSignAsABlank_servesARightKey() {
    Gate gate = parts.route("/orders/*", KEY).route("/odd+name/*", KEY).open();
    FakeRequest sent = FakeRequest.get("/orders/a+b+c").served("", "/orders/a b c");
    assertEquals(401, refused(admit(gate, sent)).status());
    assertEquals(ACME, admitted(admit(gate, sent.header("apikey", "good"))).admission().consumer());
    FakeRequest other = FakeRequest.get("/orders/a+b").served("", "/orders/a+ b");
    assertEquals(400, refused(admit(gate, other)).status());
    FakeRequest twoRoutes = FakeRequest.get("/odd+name/1").served("", "/odd name/1");
    assertEquals(400, refused(admit(gate, twoRoutes.header("apikey", "good"))).status());
  }

  @Test
  void admit_withKey_namesTheConsumer() {
    Gate gate = parts.route("/orders/*", KEY).open();
    Verdict.Admit admitted =
        admitted(admit(gate, FakeRequest.get("/orders/1").header("apikey", "good")));
    assertEquals(ACME, admitted.admission().consumer());
    assertEquals(Credential.of("id-good", "key-auth").build(), admitted.admission().credential());
  }

  @Test
  void admit_withoutOrWithWrongKey_challenges() {
    Gate gate = parts.route("/orders/*", KEY).open();
    Reply missing = refused(admit(gate, FakeRequest.get("/orders")));
    assertEquals(401, missing.status());
    assertEquals("Missing API key in request", missing.message());
    assertEquals(
        List.of(new Header("WWW-Authenticate", "apikey realm=\"key\"")), missing.headers());
    Reply wrong = refused(admit(gate, FakeRequest.get("/orders/").header("apikey", "bad")));
    assertEquals("Invalid API key in request", wrong.message());
    assertEquals(missing.headers(), wrong.headers());
  }

  @Test
  void admit_whenTheCredentialIsNotUsable_answersAsIfUnknown() {
    Gate gate = parts.route("/orders/*", KEY).open();
    Credential.Builder one = Credential.of("one", "key-auth");
    parts.credential(ACME, "off", one.disabled(true).build());
    parts.credential(
        ACME, "early", Credential.of("e", "key-auth").notBefore(NOW.plusMillis(1)).build());
    parts.credential(ACME, "late", Credential.of("l", "key-auth").expiresAt(NOW).build());
    parts.credential(
        ACME,
        "timely",
        Credential.of("t", "key-auth").notBefore(NOW).expiresAt(NOW.plusMillis(1)).build());
    Reply unknown = refused(admit(gate, FakeRequest.get("/orders").header("apikey", "bad")));
    for (String key : List.of("off", "early", "late")) {
      assertEquals(unknown, refused(admit(gate, FakeRequest.get("/orders").header("apikey", key))));
    }
    admitted(admit(gate, FakeRequest.get("/orders").header("apikey", "timely")));
  }

  @Test
  void admit_whenTheMethodIsNotListed_refusesAndDoesNotPass() {
    parts.routes.add(new Route("get", List.of("/orders/*"), Set.of("GET"), KEY));
    Gate gate = parts.open();
    FakeRequest good = FakeRequest.get("/orders").header("apikey", "good");
    admitted(admit(gate, good));
    Reply post = refused(admit(gate, good.method("POST")));
    assertEquals(405, post.status());
    assertEquals(List.of(new Header("Allow", "GET")), post.headers());
    assertEquals(405, refused(admit(gate, good.method("get"))).status());
  }

  @Test
  void admit_amongPatterns_takesExactThenLongestPrefixThenExtension() {
    parts.route("/*", plugins("first", "deny"));
    parts.route("/a/*", plugins("second", "deny"));
    parts.route("/a/b", plugins("third", "deny"));
    Gate gate = parts.open();
    assertEquals("first says no", refused(admit(gate, FakeRequest.get("/x.json"))).message());
    assertEquals("second says no", refused(admit(gate, FakeRequest.get("/a"))).message());
    assertEquals("second says no", refused(admit(gate, FakeRequest.get("/a/b/c"))).message());
    assertEquals("third says no", refused(admit(gate, FakeRequest.get("/a/b"))).message());
    assertEquals("third says no", refused(admit(gate, FakeRequest.get("/a/b/"))).message());
    Gate extension = new TestGates().route("*.json", plugins("first", "deny")).open();
    assertEquals(403, refused(admit(extension, FakeRequest.get("/x/y.json"))).status());
    assertEquals(403, refused(admit(extension, FakeRequest.get("/x/y.json/"))).status());
    assertInstanceOf(Verdict.Pass.class, admit(extension, FakeRequest.get("/y.jsonx")));
  }

  @Test
  void admit_whenNothingIsPresented_takesTheAnonymousConsumer() {
    Gate gate = anonymousGate();
    Verdict.Admit admitted = admitted(admit(gate, FakeRequest.get("/orders")));
    assertEquals(parts.consumers.get("guest"), admitted.admission().consumer());
    assertNull(admitted.admission().credential());
    assertEquals(List.of(new Header("first", "consumer:guest")), admitted.headers());
  }

  @Test
  void admit_whenTheKeyIsWrong_isAnonymousInApi7Only() {
    FakeRequest wrong = FakeRequest.get("/orders").header("apikey", "bad");
    assertEquals(401, refused(admit(anonymousGate(), wrong)).status());
    parts.profile = Profile.API7;
    parts.routes.clear();
    Admission admission = admitted(admit(anonymousGate(), wrong)).admission();
    assertEquals(parts.consumers.get("guest"), admission.consumer());
  }

  @Test
  void admit_whenTheAnonymousConsumerIsGone_refuses() {
    Gate gate = anonymousGate();
    parts.consumers.remove("guest");
    Reply reply = refused(admit(gate, FakeRequest.get("/orders")));
    assertEquals(401, reply.status());
    assertEquals("Invalid user authorization", reply.message());
    assertEquals(1, reply.headers().size());
  }

  @Test
  void open_whenTheAnonymousConsumerIsMissing_startsAndRefusesUntilItComes() {
    Gate gate = parts.route("/a", anonymous("later")).open();
    assertEquals(401, refused(admit(gate, FakeRequest.get("/a"))).status());
    parts.consumer(Consumer.named("later").build());
    assertEquals(
        parts.consumers.get("later"),
        admitted(admit(gate, FakeRequest.get("/a"))).admission().consumer());
  }

  @Test
  void open_whenTheStoreIsAway_startsAndThrowsForEachRequest() {
    parts.broken = new StoreException("away", new Exception());
    Gate gate = parts.route("/a", anonymous("guest")).open();
    assertThrows(StoreException.class, () -> admit(gate, FakeRequest.get("/a")));
  }

  @Test
  void admit_whenTheStoreIsBroken_throwsAndNeverAnswers401() {
    Gate gate = anonymousGate();
    for (RuntimeException cause :
        List.of(new StoreException("away", new Exception()), new IllegalStateException("odd"))) {
      parts.broken = cause;
      assertThrows(StoreException.class, () -> admit(gate, FakeRequest.get("/orders")));
      assertThrows(
          StoreException.class,
          () -> admit(gate, FakeRequest.get("/orders").header("apikey", "good")));
    }
  }

  @Test
  void admit_whenAPluginThrows_throws() {
    Gate gate = parts.route("/orders", plugins("first", "hold", "second", "throw")).open();
    assertThrows(IllegalStateException.class, () -> admit(gate, FakeRequest.get("/orders")));
    assertEquals(0, parts.held.get());
  }

  @Test
  void admit_whenALaterPluginRefuses_releasesPermits() {
    Gate gate = parts.route("/orders", plugins("first", "hold", "second", "deny")).open();
    assertEquals(403, refused(admit(gate, FakeRequest.get("/orders"))).status());
    assertEquals(0, parts.held.get());
    assertEquals(List.of("second 403 set to deny"), parts.heard);
  }

  @Test
  void admit_mergesTheConsumersPluginsOverTheRoutes() {
    Consumer own =
        Consumer.named("own").plugins(plugins("second", "allow", "third", "allow")).build();
    parts.consumer(own, "own");
    Gate gate =
        parts.route("/orders", plugins("third", "deny", "first", "allow", "key-auth", "")).open();
    Verdict.Admit admitted =
        admitted(admit(gate, FakeRequest.get("/orders").header("apikey", "own")));
    assertEquals(
        List.of(
            new Header("first", "route:r0"),
            new Header("second", "consumer:own"),
            new Header("third", "consumer:own")),
        admitted.headers());
    assertEquals(
        403, refused(admit(gate, FakeRequest.get("/orders").header("apikey", "good"))).status());
  }

  @Test
  void admit_whenTheConsumersPluginsCannotBeUsed_throwsAndDoesNotLetThrough() {
    Consumer odd = Consumer.named("odd").plugins(plugins("limit-cuont", "")).build();
    parts.consumer(odd, "odd");
    Gate gate = parts.route("/orders", KEY).open();
    assertThrows(
        ConfigException.class,
        () -> admit(gate, FakeRequest.get("/orders").header("apikey", "odd")));
  }

  @Test
  void admit_onASecondDispatch_neitherAuthenticatesNorCountsAgain() {
    Gate gate = parts.route("/orders", plugins("key-auth", "", "first", "hold")).open();
    FakeRequest good = FakeRequest.get("/orders").header("apikey", "good");
    Admission admission = admitted(admit(gate, good)).admission();
    Verdict.Admit again = admitted(gate.admit(FakeRequest.get("/orders"), admission));
    assertEquals(admission, again.admission());
    assertEquals(List.of(), again.headers());
    assertEquals(1, parts.held.get());
  }

  @Test
  void admit_atASecondGate_reusesTheIdentityAndAddsItsOwnRules() {
    FakeRequest good = FakeRequest.get("/orders").header("apikey", "good");
    Admission admission = admitted(admit(parts.route("/orders", KEY).open(), good)).admission();
    TestGates second = new TestGates().route("/orders", plugins("key-auth", "", "first", "allow"));
    Verdict.Admit both = admitted(second.open().admit(FakeRequest.get("/orders"), admission));
    assertEquals(ACME, both.admission().consumer());
    assertEquals(List.of(new Header("first", "route:r0")), both.headers());
    assertEquals(2, both.admission().routes().size());
  }

  @Test
  void admit_atASecondGate_doesNotTakeAnAnonymousCallerForAProvedOne() {
    Admission admission = admitted(admit(anonymousGate(), FakeRequest.get("/orders"))).admission();
    Gate second = new TestGates().consumer(ACME, "good").route("/orders", KEY).open();
    assertEquals(401, refused(second.admit(FakeRequest.get("/orders"), admission)).status());
    FakeRequest good = FakeRequest.get("/orders").header("apikey", "good");
    assertEquals(ACME, admitted(second.admit(good, admission)).admission().consumer());
  }

  @Test
  void open_reportsAllProblemsAtOnce() {
    parts.route("/a", plugins("key-auht", "", "first", "dance"));
    parts.route("/b", plugins("key-auth", "", "secnod", ""));
    ConfigException refused = assertThrows(ConfigException.class, () -> parts.open());
    assertEquals(
        List.of(
            "routes[0].plugins.key-auht: is not a known plugin;"
                + " known are first, key-auth, second, third",
            "routes[0].plugins.first.does: must be one of allow, deny, hold, throw, was \"dance\"",
            "routes[1].plugins.secnod: is not a known plugin;"
                + " known are first, key-auth, second, third"),
        refused.problems().stream().map(Object::toString).toList());
  }

  @Test
  void sealedResults_areMatchedExhaustively() {
    assertEquals(3, Verdict.class.getPermittedSubclasses().length);
    assertEquals(2, Authentication.Result.class.getPermittedSubclasses().length);
    assertEquals(4, EarlyIdentification.class.getPermittedSubclasses().length);
    assertEquals(4, Selection.class.getPermittedSubclasses().length);
  }

  private Gate anonymousGate() {
    parts.consumer(Consumer.named("guest").plugins(plugins("first", "allow")).build());
    return parts.route("/orders", anonymous("guest")).open();
  }

  private static PluginSet anonymous(String username) {
    return PluginSet.of(
        Map.of("key-auth", PluginSettings.of(Map.of("anonymous_consumer", username))));
  }

  private static Verdict admit(Gate gate, FakeRequest request) {
    return gate.admit(request, Admission.NONE);
  }

  private static Verdict.Admit admitted(Verdict verdict) {
    return assertInstanceOf(Verdict.Admit.class, verdict);
  }

  private static Reply refused(Verdict verdict) {
    return assertInstanceOf(Verdict.Refuse.class, verdict).reply();
  }
}
