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
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyAuthTest {
  private static final Reply MISSING = Reply.message(401, "Missing API key in request");
  private static final Reply INVALID = Reply.message(401, "Invalid API key in request");
  private static final StoredCredential ACME = stored("acme");

  private final KeyAuth plugin = new KeyAuth();
  private final KeyAuth.Config byDefault = configured(Map.of()).valid();
  private final List<String> asked = new ArrayList<>();
  private final CredentialLookup onlyAuthOne =
      (name, value) -> {
        asked.add(name + " " + value);
        return value.equals("auth-one") ? ACME : null;
      };

  @Test
  void authenticate_whenTheHeaderIsRight_identifiesTheCaller() {
    assertCaller(byDefault, FakeRequest.get("/").header("ApiKey", "auth-one"));
    assertEquals(List.of("key-auth auth-one"), asked);
  }

  @Test
  void authenticate_whenTheQueryIsRight_identifiesTheCaller() {
    assertCaller(byDefault, FakeRequest.get("/?x=1&apikey=auth%2Done"));
  }

  @Test
  void authenticate_whenBothAreGiven_asksTheHeaderOnly() {
    assertCaller(byDefault, FakeRequest.get("/?apikey=wrong").header("apikey", "auth-one"));
    assertEquals(List.of("key-auth auth-one"), asked);
    assertRejected(FakeRequest.get("/?apikey=auth-one").header("apikey", "wrong"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/?", "/?x=auth-one", "/?APIKEY=auth-one", "/apikey=auth-one"})
  void authenticate_whenNothingIsPresented_saysMissing(String target) {
    FakeRequest request =
        FakeRequest.get(target)
            .header("Authorization", "auth-one")
            .header("x-apikey", "auth-one")
            .cookie("apikey", "auth-one");

    AuthResult result = plugin.authenticate(byDefault, request, onlyAuthOne);

    assertEquals(new AuthResult.NoCredential(MISSING), result);
    assertEquals(List.of(), asked);
  }

  @Test
  void authenticate_whenTheKeyIsUnknown_saysInvalid() {
    assertRejected(FakeRequest.get("/").header("apikey", "auth-two"));
    assertRejected(FakeRequest.get("/?apikey=auth-two"));
    assertRejected(FakeRequest.get("/").header("apikey", "AUTH-ONE"));
  }

  @Test
  void authenticate_whenNoConsumerHasAKey_saysInvalid() {
    AuthResult result =
        plugin.authenticate(
            byDefault, FakeRequest.get("/").header("apikey", "auth-one"), (name, value) -> null);

    assertEquals(INVALID, assertInstanceOf(AuthResult.Rejected.class, result).reply());
  }

  @Test
  void authenticate_whenTheHeaderIsEmpty_isInvalidWhateverTheQuerySays() {
    assertRejected(FakeRequest.get("/?apikey=auth-one").header("apikey", ""));
    assertEquals(List.of(), asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/?apikey",
        "/?apikey=",
        "/?apikey&apikey",
        "/?apikey=auth-one&apikey=auth-one",
        "/?apikey=auth-one&apikey",
        "/?apikey&apikey=auth-one",
        "/?apikey=auth-one&api%6bey=auth-two"
      })
  void authenticate_whenTheQueryIsEmptyOrRepeated_isInvalidWithoutLooking(String target) {
    assertRejected(FakeRequest.get(target));
    assertEquals(List.of(), asked);
  }

  @Test
  void authenticate_whenTheHeaderIsRepeated_isInvalidWithoutLooking() {
    assertRejected(FakeRequest.get("/").header("apikey", "auth-one").header("apikey", "auth-one"));
    assertRejected(FakeRequest.get("/").header("apikey", "auth-one").header("ApiKey", ""));
    assertEquals(List.of(), asked);
  }

  @Test
  void authenticate_neverTakesAKeyApartOrTrimsIt() {
    for (String key : List.of("a,b", "auth-one,auth-one", " auth-one", "auth-one ", "Bearer x")) {
      assertRejected(FakeRequest.get("/").header("apikey", key));
      assertEquals("key-auth " + key, asked.get(asked.size() - 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"schlüssel", "鍵", "\ud83d\udd11", "a b", "%41", "a+b", "\"quoted\""})
  void authenticate_whenTheKeyIsNotPlainAscii_isLookedUpAsItIs(String key) {
    CredentialLookup lookup = (name, value) -> value.equals(key) ? ACME : null;
    String escaped = URLEncoder.encode(key, StandardCharsets.UTF_8);

    assertSame(ACME, caller(plugin.authenticate(byDefault, header(key), lookup)));
    assertSame(
        ACME,
        caller(plugin.authenticate(byDefault, FakeRequest.get("/?apikey=" + escaped), lookup)));
  }

  @Test
  void authenticate_whenTheStoreCannotAnswer_throws() {
    CredentialLookup broken =
        (name, value) -> {
          throw new StoreException("down", new IllegalStateException());
        };

    assertThrows(
        StoreException.class, () -> plugin.authenticate(byDefault, header("auth-one"), broken));
  }

  @Test
  void reason_neverContainsTheCredential() {
    AuthResult result = plugin.authenticate(byDefault, header("hunter2"), onlyAuthOne);

    assertFalse(result.toString().contains("hunter2"));
  }

  @Test
  void configure_withOtherNames_looksThereOnly() {
    KeyAuth.Config config =
        configured(Map.of("header", "X-Api-Key", "query", "key", "realm", "orders")).valid();

    assertCaller(config, FakeRequest.get("/").header("x-api-key", "auth-one"));
    assertCaller(config, FakeRequest.get("/?key=auth-one"));
    assertInstanceOf(
        AuthResult.NoCredential.class,
        plugin.authenticate(config, header("auth-one"), onlyAuthOne));
    assertEquals(List.of("apikey realm=\"orders\""), config.challenges());
    assertEquals(
        List.of(CredentialLocation.header("X-Api-Key"), CredentialLocation.query("key")),
        config.places());
    assertEquals("key-auth(header=X-Api-Key, query=key)", config.toString());
  }

  @Test
  void configure_byDefault_isAsInApisix() {
    assertEquals(List.of("apikey realm=\"key\""), byDefault.challenges());
    assertEquals(
        List.of(CredentialLocation.header("apikey"), CredentialLocation.query("apikey")),
        byDefault.places());
    assertFalse(byDefault.common().hideCredentials());
    assertEquals(Optional.empty(), byDefault.common().anonymousConsumer());
    assertEquals("key-auth", plugin.name());
    assertEquals("key", plugin.attribute());
    assertEquals(2500, plugin.priority());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "header,api key,must be a header name (RFC 9110 token)",
        "header,api:key,must be a header name (RFC 9110 token)",
        "header,schlüssel,must be a header name (RFC 9110 token)",
        "header,``,must not be empty",
        "query,``,must not be empty",
        "realm,a\"b,must be 1 to 128 printable ASCII characters without \" and \\",
        "realm,a\\b,must be 1 to 128 printable ASCII characters without \" and \\",
        "realm,é,must be 1 to 128 printable ASCII characters without \" and \\",
        "realm,``,must not be empty",
        "anonymous_consumer,``,must not be empty",
        "hide_credentials,yes,`must be true or false, was \"yes\"`",
      })
  void configure_whenASettingIsWrong_saysWhatIsAllowed(String name, String value, String problem) {
    assertEquals(List.of(name + ": " + problem), configured(Map.of(name, value)).problems());
  }

  @Test
  void configure_whenTheRealmIsTooLong_isRefused() {
    assertEquals(1, configured(Map.of("realm", "r".repeat(129))).problems().size());
    assertEquals(0, configured(Map.of("realm", "r".repeat(128))).problems().size());
  }

  @Test
  void configure_whenSeveralAreWrong_namesThemAll() {
    List<String> mistakes =
        configured(Map.of("header", "a b", "realm", "\n", "hide", true)).problems();

    assertEquals(3, mistakes.size());
    assertEquals(
        "hide: is not known; known here: header, realm, hide_credentials, anonymous_consumer,"
            + " query",
        mistakes.get(2));
  }

  @Test
  void readCredential_returnsTheKeyAndStoresNothing() {
    EnrolledCredential form =
        Configured.of(Map.of("key", "auth-one"), r -> plugin.readCredential(r, parts())).valid();

    assertEquals("auth-one", form.lookup().reveal());
    assertEquals(PluginSettings.EMPTY, form.kept());
    assertFalse(form.toString().contains("auth-one"));
  }

  @Test
  void readCredential_withoutKey_isRefused() {
    assertEquals(
        List.of("key: is required"),
        Configured.of(Map.of(), r -> plugin.readCredential(r, parts())).problems());
    assertEquals(
        List.of("key: must not be empty"),
        Configured.of(Map.of("key", ""), r -> plugin.readCredential(r, parts())).problems());
  }

  private void assertCaller(KeyAuth.Config config, FakeRequest request) {
    assertSame(ACME, caller(plugin.authenticate(config, request, onlyAuthOne)));
  }

  private void assertRejected(FakeRequest request) {
    AuthResult result = plugin.authenticate(byDefault, request, onlyAuthOne);

    assertEquals(INVALID, assertInstanceOf(AuthResult.Rejected.class, result).reply());
    assertTrue(INVALID.headers().isEmpty());
  }

  private static StoredCredential caller(AuthResult result) {
    return assertInstanceOf(AuthResult.Authenticated.class, result).caller();
  }

  private static FakeRequest header(String key) {
    return FakeRequest.get("/").header("apikey", key);
  }

  private Configured<KeyAuth.Config> configured(Map<String, Object> settings) {
    return Configured.of(settings, reader -> plugin.configure(reader, parts()));
  }

  private static StoredCredential stored(String username) {
    return new StoredCredential(
        Entries.keyAuth("primary", "x").credential(),
        Entries.consumer(username),
        PluginSettings.EMPTY);
  }

  private static PluginServices parts() {
    TestClock clock = new TestClock();
    return TestServices.of(Profile.STRICT, clock);
  }
}
