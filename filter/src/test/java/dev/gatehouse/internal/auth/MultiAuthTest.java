package dev.gatehouse.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TestServices;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.AuthSettings;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiAuthTest {
  private static final Reply FAILED = Reply.message(401, "Authorization Failed");
  private static final StoredCredential ONE = stored("one");
  private static final StoredCredential TWO = stored("two");

  private final List<String> asked = new ArrayList<>();
  private final MultiAuth plugin = new MultiAuth(List.of(new Door("a"), new Door("b")));

  @Test
  void authenticate_asksInTheWrittenOrderUntilTheFirstProof() {
    assertSame(ONE, caller(ask("ab", "one", "two")));
    assertEquals(List.of("a"), asked);
    asked.clear();
    assertSame(TWO, caller(ask("ba", "one", "two")));
    assertEquals(List.of("b"), asked);
    asked.clear();
    assertSame(TWO, caller(ask("ab", "wrong", "two")));
    assertSame(TWO, caller(ask("ab", "", "two")));
    assertEquals(List.of("a", "b", "a", "b"), asked);
  }

  @ParameterizedTest
  @CsvSource({
    "none,none,NoCredential,401",
    "none,wrong,Rejected,401",
    "wrong,none,Rejected,401",
    "wrong,wrong,Rejected,401",
    "large,none,Rejected,401",
    "none,large,Rejected,401",
    "busy,none,Rejected,503",
    "none,busy,Rejected,503",
    "wrong,busy,Rejected,503",
    "busy,wrong,Rejected,503",
    "busy,large,Rejected,503"
  })
  void authenticate_whenAllFail_saysOneThing(String a, String b, String kind, int status) {
    AuthResult result = ask("ab", a, b);
    assertEquals(kind, result.getClass().getSimpleName());
    assertEquals(status == 401 ? FAILED : Door.BUSY, reply(result));
  }

  @Test
  void authenticate_whenOneIsBusyAndOneSucceeds_succeeds() {
    assertSame(TWO, caller(ask("ab", "busy", "two")));
  }

  @Test
  void authenticate_whenTheStoreCannotAnswer_throws() {
    assertThrows(StoreException.class, () -> ask("ab", "broken", "two"));
    assertThrows(StoreException.class, () -> ask("ab", "wrong", "broken"));
  }

  @Test
  void authenticate_whenAllFail_logsEachReason() {
    AuthResult.Rejected result =
        assertInstanceOf(AuthResult.Rejected.class, ask("ab", "wrong", "none"));
    assertEquals(
        "a failed to authenticate the request, code: 401. error: it is wrong; b failed to"
            + " authenticate the request, code: 401. error: no credential presented",
        result.reason());
  }

  @Test
  void configure_gathersWhatTheEngineAsksFor() {
    MultiAuth.Config config =
        configured(
                Map.of(
                    "auth_plugins",
                    List.of(
                        Map.of("a", Map.of()),
                        Map.of("b", Map.of("hide_credentials", true, "anonymous_consumer", "g")))))
            .valid();
    assertEquals(List.of("a realm=\"a\"", "b realm=\"b\""), config.challenges());
    assertEquals(
        List.of(CredentialLocation.header("a"), CredentialLocation.header("b")), config.places());
    assertEquals(List.of(CredentialLocation.header("b")), config.hidden());
    assertTrue(config.common().hideCredentials());
    assertEquals(Optional.of("g"), config.common().anonymousConsumer());
    assertEquals("multi-auth(a, b)", config.toString());
    assertEquals("multi-auth", plugin.name());
    assertEquals(2600, plugin.priority());
  }

  @Test
  void configure_ofAnItemWithTwoPlugins_asksBoth() {
    MultiAuth.Config config =
        configured(Map.of("auth_plugins", List.of(Map.of("a", Map.of(), "b", Map.of()), A)))
            .valid();
    assertEquals(3, config.steps().size());
  }

  private static final Map<String, Object> A = Map.of("a", Map.of());

  @Test
  void configure_ofFewerThanTwo_isRefused() {
    String problem = "auth_plugins: must be a list of at least 2 objects, was one of ";
    assertEquals(List.of(problem + 0), configured(Map.of()).problems());
    assertEquals(List.of(problem + 0), configured(Map.of("auth_plugins", List.of())).problems());
    assertEquals(List.of(problem + 1), configured(Map.of("auth_plugins", List.of(A))).problems());
    assertEquals(
        "auth_plugins: must be a list, was \"a\"",
        configured(Map.of("auth_plugins", "a")).problems().get(0));
  }

  @Test
  void configure_ofWhatCannotBeAsked_namesEach() {
    assertEquals(
        List.of(
            "auth_plugins[0].c: c plugin did not found; known are a, b",
            "auth_plugins[1].multi-auth: multi-auth plugin is not supported; known are a, b",
            "auth_plugins[2].a: must be an object",
            "auth_plugins[3]: must hold a plugin; known are a, b",
            "auth_plugins[4].b.realm: plugin b check schema failed: must not be empty",
            "auth_plugins[5].b.relm: plugin b check schema failed: is not known; known here: realm,"
                + " hide_credentials, anonymous_consumer"),
        configured(
                Map.of(
                    "auth_plugins",
                    List.of(
                        Map.of("c", Map.of()),
                        Map.of("multi-auth", Map.of()),
                        Map.of("a", "x"),
                        Map.of(),
                        Map.of("b", Map.of("realm", "")),
                        Map.of("b", Map.of("relm", "x")))))
            .problems());
    assertEquals(
        List.of("realm: is not known; known here: auth_plugins"),
        configured(Map.of("realm", "x", "auth_plugins", List.of(A, A))).problems());
  }

  @Test
  void readCredential_isAProblem() {
    assertEquals(
        List.of("auth_plugins: belongs on a route; a credential has one plugin of its own: a, b"),
        Configured.of(Map.of("x", 1), r -> plugin.readCredential(r, parts())).problems());
  }

  @Test
  void builtIn_offersEveryOtherPlugin() {
    for (CredentialPlugin<?> one : CredentialPlugins.builtIn()) {
      if (!one.name().equals("multi-auth")) {
        MultiAuth all =
            CredentialPlugins.builtIn().stream()
                .filter(MultiAuth.class::isInstance)
                .map(MultiAuth.class::cast)
                .findFirst()
                .orElseThrow();
        Map<String, Object> item = Map.of(one.name(), Map.of());
        assertFalse(
            Configured.of(
                    Map.of("auth_plugins", List.of(item, item)), r -> all.configure(r, parts()))
                .problems()
                .toString()
                .contains("did not found"));
      }
    }
  }

  private AuthResult ask(String order, String a, String b) {
    List<Map<String, Object>> items =
        order.chars().mapToObj(c -> Map.<String, Object>of("" + (char) c, Map.of())).toList();
    MultiAuth.Config config = configured(Map.of("auth_plugins", items)).valid();
    FakeRequest request = FakeRequest.get("/").header("a", a).header("b", b);
    return plugin.authenticate(config, request, (name, value) -> null);
  }

  private Configured<MultiAuth.Config> configured(Map<String, ?> settings) {
    return Configured.of(settings, r -> plugin.configure(r, parts()));
  }

  private static StoredCredential caller(AuthResult result) {
    return assertInstanceOf(AuthResult.Authenticated.class, result).caller();
  }

  private static Reply reply(AuthResult result) {
    return result instanceof AuthResult.Rejected rejected
        ? rejected.reply()
        : assertInstanceOf(AuthResult.NoCredential.class, result).reply();
  }

  private static PluginServices parts() {
    return TestServices.of(Profile.STRICT, new TestClock());
  }

  private static StoredCredential stored(String username) {
    return new StoredCredential(
        Entries.keyAuth(username, "x").credential(),
        Entries.consumer(username),
        PluginSettings.EMPTY);
  }

  /** Answers what the header of its name says. */
  private final class Door implements CredentialPlugin<Door.Config> {
    static final Reply BUSY =
        Reply.message(503, "busy").with(List.of(new Header("Retry-After", "1")));

    private final String name;

    Door(String name) {
      this.name = name;
    }

    record Config(AuthSettings common, List<String> challenges, List<CredentialLocation> places)
        implements AuthConfig {
      @Override
      public String toString() {
        return common.realm();
      }
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public String attribute() {
      return "x";
    }

    @Override
    public Config configure(SettingsReader settings, PluginServices parts) {
      AuthSettings common = AuthSettings.read(settings, name);
      return new Config(
          common,
          List.of(name + " realm=\"" + common.realm() + '"'),
          List.of(CredentialLocation.header(name)));
    }

    @Override
    public EnrolledCredential readCredential(SettingsReader settings, PluginServices parts) {
      throw new AssertionError("not asked");
    }

    @Override
    public AuthResult authenticate(Config config, GateRequest request, CredentialLookup lookup) {
      asked.add(name);
      String does = String.valueOf(request.header(name));
      return switch (does) {
        case "one" -> new AuthResult.Authenticated(ONE);
        case "two" -> new AuthResult.Authenticated(TWO);
        case "wrong" -> new AuthResult.Rejected(Reply.message(401, "wrong"), "it is wrong");
        case "large" -> new AuthResult.Rejected(Reply.message(413, "large"), "it is large");
        case "busy" -> new AuthResult.Rejected(BUSY, "busy");
        case "broken" -> throw new StoreException("down", new IllegalStateException());
        default -> new AuthResult.NoCredential(Reply.message(401, "nothing"));
      };
    }
  }
}
