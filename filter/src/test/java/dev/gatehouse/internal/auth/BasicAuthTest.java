package dev.gatehouse.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TestServices;
import dev.gatehouse.internal.auth.password.HashThrottle;
import dev.gatehouse.internal.auth.password.Passwords;
import dev.gatehouse.internal.auth.password.VerifiedPasswords;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BasicAuthTest {
  private static final String MISSING = "Missing authorization in request";
  private static final String MALFORMED = "Invalid authorization in request";
  private static final String WRONG = "Invalid user authorization";

  /** "open sesame" by libargon2, with parameters that cost little. */
  private static final String OPEN_SESAME =
      "{argon2id}$argon2id$v=19$m=1024,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA"
          + "$GRx2uy10fwFWBL/qqyxtyfOIq5axx3gGjfp7K4gzruE";

  private static final StoredCredential ALADDIN = TestServices.basic("Aladdin", OPEN_SESAME);

  private final BasicAuth plugin = new BasicAuth();
  private final List<String> asked = new ArrayList<>();
  private final CredentialLookup onlyAladdin =
      (name, value) -> {
        asked.add(name + " " + value);
        return value.equals("Aladdin") ? ALADDIN : null;
      };

  /** A situation of the reference's table; the answer is the same in both profiles. */
  private record Row(String message, List<String> authorizations) {
    Row(String message, String... authorizations) {
      this(message, List.of(authorizations));
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void authenticate_answersEveryRowOfTheTable(Profile profile) {
    List<Row> table =
        List.of(
            new Row(MISSING),
            new Row(MALFORMED, ""),
            new Row(MALFORMED, "Bearer abc"),
            new Row(MALFORMED, "Basic"),
            new Row(MALFORMED, "Basic !!!"),
            new Row(MALFORMED, "x" + basic("Aladdin", "open sesame")),
            new Row(MALFORMED, "Bearer " + basic("Aladdin", "open sesame")),
            new Row(MALFORMED, basic("Aladdin", "open sesame").replace(" ", "  ")),
            new Row(MALFORMED, encoded("Aladdin")),
            new Row(MALFORMED, encoded("Aladdin:")),
            new Row(MALFORMED, encoded(":open sesame")),
            new Row(MALFORMED, basic("Aladdin", "open sesame"), basic("Aladdin", "open sesame")),
            new Row(MALFORMED, basic("Aladdin", "open sesame"), ""),
            new Row(WRONG, basic("aladdin", "open sesame")),
            new Row(WRONG, basic("Aladdin ", "open sesame")),
            new Row(WRONG, basic("nobody", "open sesame")),
            new Row(WRONG, basic("Aladdin", "opensesame")),
            new Row(WRONG, basic("Aladdin", "open sesame:")),
            new Row(WRONG, basic("Aladdin", "open sesame:junk")),
            new Row(WRONG, basic("Aladdin", " open sesame")),
            new Row(WRONG, basic("Aladdin", "open sesame\n")),
            new Row(WRONG, basic("Aladdin", "open sesame\u0000")),
            new Row(WRONG, basic("Aladdin", " ")));
    for (Row row : table) {
      FakeRequest request = FakeRequest.get("/");
      for (String value : row.authorizations()) {
        request.header("Authorization", value);
      }
      AuthResult result = plugin.authenticate(configured(profile), request, onlyAladdin);
      assertEquals(Reply.message(401, row.message()), reply(result), row::toString);
      assertEquals(row.authorizations().isEmpty(), result instanceof AuthResult.NoCredential);
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void authenticate_ofTheRightPassword_identifiesTheCaller(Profile profile) {
    for (String scheme : List.of("Basic", "basic", "BASIC")) {
      FakeRequest request =
          FakeRequest.get("/").header("authorization", scheme + " QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
      AuthResult result = plugin.authenticate(configured(profile), request, onlyAladdin);
      assertSame(ALADDIN, assertInstanceOf(AuthResult.Authenticated.class, result).caller());
    }
    assertEquals("basic-auth Aladdin", asked.get(0));
  }

  @Test
  void authenticate_ofWhatWasEnrolled_identifiesTheCaller() {
    EnrolledCredential form = enrolled(Map.of("username", "test", "password", "123\u00a3")).valid();
    StoredCredential stored =
        new StoredCredential(ALADDIN.credential(), ALADDIN.consumer(), form.kept());
    CredentialLookup lookup = (name, value) -> value.equals(form.lookup().reveal()) ? stored : null;

    FakeRequest rfc = FakeRequest.get("/").header("Authorization", "Basic dGVzdDoxMjPCow==");
    AuthResult result = plugin.authenticate(configured(Profile.STRICT), rfc, lookup);
    assertSame(stored, assertInstanceOf(AuthResult.Authenticated.class, result).caller());
    assertEquals(
        Reply.message(401, WRONG),
        reply(plugin.authenticate(configured(Profile.STRICT), request("test", "123"), lookup)));
  }

  @Test
  void authenticate_whenMalformed_asksNoStore() {
    plugin.authenticate(
        configured(Profile.STRICT),
        FakeRequest.get("/").header("Authorization", encoded("Aladdin")),
        onlyAladdin);
    assertEquals(List.of(), asked);
  }

  @Test
  void authenticate_whenNoHashCanBeMade_isUnavailableForAll() {
    SecureRandom random = new SecureRandom();
    BasicAuth busy =
        new BasicAuth(
            new Passwords(
                new HashThrottle(0, 1, 1),
                new VerifiedPasswords(random, 1),
                Passwords.Hashing.usual(random)));
    for (String user : List.of("Aladdin", "nobody")) {
      AuthResult result =
          busy.authenticate(configured(Profile.STRICT), request(user, "x"), onlyAladdin);
      assertEquals(
          Reply.message(503, "Service temporarily unavailable")
              .with(List.of(new Header("Retry-After", "1"))),
          reply(result));
    }
  }

  @Test
  void authenticate_whenTheStoreCannotAnswer_throws() {
    CredentialLookup broken =
        (name, value) -> {
          throw new StoreException("down", new IllegalStateException());
        };
    assertThrows(
        StoreException.class,
        () -> plugin.authenticate(configured(Profile.STRICT), request("a", "b"), broken));
  }

  @Test
  void reason_neverContainsTheCredential() {
    for (FakeRequest request :
        List.of(
            request("Aladdin", "hunter2"),
            request("hunter2", "hunter2"),
            FakeRequest.get("/").header("Authorization", "hunter2"))) {
      AuthResult result = plugin.authenticate(configured(Profile.STRICT), request, onlyAladdin);
      assertFalse(result.toString().contains("hunter2"));
    }
  }

  @Test
  void configure_byDefault_isAsInApisixWithTheCharset() {
    BasicAuth.Config config = configured(Profile.STRICT);
    assertEquals(List.of("Basic realm=\"basic\", charset=\"UTF-8\""), config.challenges());
    assertEquals(List.of(CredentialLocation.header("Authorization")), config.places());
    assertEquals(List.of(), config.hidden());
    assertEquals("basic-auth(realm=basic)", config.toString());
    assertEquals("basic-auth", plugin.name());
    assertEquals("username", plugin.attribute());
    assertEquals(2520, plugin.priority());
  }

  @Test
  void configure_takesTheCommonSettingsOnly() {
    BasicAuth.Config config =
        Configured.of(
                Map.of("realm", "orders", "hide_credentials", true, "anonymous_consumer", "guest"),
                r -> plugin.configure(r, parts(Profile.STRICT)))
            .valid();
    assertEquals(List.of("Basic realm=\"orders\", charset=\"UTF-8\""), config.challenges());
    assertEquals(List.of(CredentialLocation.header("Authorization")), config.hidden());
    assertEquals(
        List.of("header: is not known; known here: realm, hide_credentials, anonymous_consumer"),
        Configured.of(Map.of("header", "x"), r -> plugin.configure(r, parts(Profile.STRICT)))
            .problems());
  }

  @Test
  void readCredential_storesNoReadablePassword() {
    EnrolledCredential form = enrolled(Map.of("username", "alice", "password", "hunter2")).valid();
    assertEquals("alice", form.lookup().reveal());
    String stored = String.valueOf(form.kept().value("password"));
    assertTrue(stored.startsWith("{argon2id}$argon2id$v=19$m=19456,t=2,p=1$"), stored);
    assertFalse(stored.contains("hunter2"));
    assertFalse(form.toString().contains("argon2id"));
  }

  @Test
  void readCredential_ofAHash_storesItUnchanged() {
    EnrolledCredential form =
        enrolled(Map.of("username", "Aladdin", "password", OPEN_SESAME)).valid();
    assertEquals(PluginSettings.of(Map.of("password", OPEN_SESAME)), form.kept());
  }

  @Test
  void readCredential_ofWhatCouldNeverBePresented_isRefused() {
    assertEquals(
        List.of("username: is required", "password: is required"), enrolled(Map.of()).problems());
    assertEquals(
        List.of("username: must not be empty", "password: must not be empty"),
        enrolled(Map.of("username", "", "password", "")).problems());
    String user = "username: must have at most 512 characters, and no colon (RFC 7617)";
    String password =
        "password: must have at most 1024 bytes of UTF-8, and no control"
            + " character such as a line break (RFC 7617)";
    assertEquals(
        List.of(user, password),
        enrolled(Map.of("username", "a:b", "password", "p".repeat(1025))).problems());
    assertEquals(
        List.of(user, password),
        enrolled(Map.of("username", "u".repeat(513), "password", "\ud800")).problems());
    assertEquals(
        List.of(user), enrolled(Map.of("username", "\udc00", "password", OPEN_SESAME)).problems());
  }

  @Test
  void readCredential_ofAHashThatCostsTooMuch_isRefusedWithoutQuotingIt() {
    List<String> mistakes =
        enrolled(
                Map.of("username", "alice", "password", OPEN_SESAME.replace("m=1024", "m=9999999")))
            .problems();
    assertEquals(
        List.of("password: must have m of 8 per lane to 65536, t of 1 to 10 and p of 1 to 8"),
        mistakes);
    assertEquals(
        1, enrolled(Map.of("username", "a", "password", "{bcrypt}hunter2")).problems().size());
  }

  private Configured<EnrolledCredential> enrolled(Map<String, Object> settings) {
    return Configured.of(settings, r -> plugin.readCredential(r, parts(Profile.STRICT)));
  }

  private BasicAuth.Config configured(Profile profile) {
    return Configured.of(Map.of(), r -> plugin.configure(r, parts(profile))).valid();
  }

  private static Reply reply(AuthResult result) {
    return result instanceof AuthResult.Rejected rejected
        ? rejected.reply()
        : assertInstanceOf(AuthResult.NoCredential.class, result).reply();
  }

  private static FakeRequest request(String user, String password) {
    return FakeRequest.get("/").header("Authorization", basic(user, password));
  }

  private static String basic(String user, String password) {
    return encoded(user + ":" + password);
  }

  private static String encoded(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static PluginServices parts(Profile profile) {
    return TestServices.of(profile, new TestClock());
  }
}
