package dev.gatehouse.spi.plugin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiRecordsTest {
  private static final String REALM_RULE =
      "must be 1 to 128 printable ASCII characters without \" and \\";

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: x", "a\rb", "a\nb", "\0", "\u007f", "\u001b[0m"})
  void headerValue_thatWouldSplitTheResponse_isRefused(String value) {
    assertThrows(IllegalArgumentException.class, () -> new Header("X-A", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "X A", "X\r\nA", "X:", "X\u00e4", "\"X\"", "X\0"})
  void headerName_thatIsNoToken_isRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> new Header(name, "v"));
  }

  @Test
  void header_thatIsFine_isAccepted() {
    assertEquals("a\tb", new Header("X-RateLimit-Limit", "a\tb").value());
    assertDoesNotThrow(() -> new Header("!#$%&'*+-.^_`|~09azAZ", ""));
  }

  @Test
  void reply_hasAStatusAndCopiesItsHeaders() {
    assertThrows(IllegalArgumentException.class, () -> Reply.message(199, "m"));
    assertThrows(IllegalArgumentException.class, () -> Reply.message(600, "m"));
    assertEquals(200, Reply.message(200, "m").status());
    assertEquals(599, Reply.message(599, "m").status());
    List<Header> headers = new ArrayList<>(List.of(new Header("A", "1")));
    Reply reply = Reply.errorMessage(429, null).with(headers);
    headers.clear();
    assertEquals(List.of(new Header("A", "1")), reply.headers());
    assertEquals("error_msg", reply.field());
    assertNull(reply.message());
    assertEquals("message", Reply.message(401, "m").field());
  }

  @Test
  void decisions_copyTheirHeaders() {
    List<Header> headers = new ArrayList<>(List.of(new Header("A", "1")));
    Decision.Allow allow = Decision.Allow.headers(headers);
    headers.clear();
    assertEquals(1, allow.headers().size());
    assertEquals(List.of(), Decision.ALLOW.headers());
    assertNull(Decision.ALLOW.permit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "a\r\nX: y", "\u00e4", "\u007f", "\t"})
  void realm_thatNoChallengeHolds_isRefused(String realm) {
    ConfigProblems mistakes = new ConfigProblems();
    assertEquals("key", read(Map.of("realm", realm), mistakes).realm());
    assertEquals(List.of(new ConfigProblem("p.realm", REALM_RULE)), mistakes.found());
    assertThrows(ConfigException.class, () -> new AuthSettings(realm, false, Optional.empty()));
  }

  @Test
  void realm_has1To128Characters() {
    ConfigProblems mistakes = new ConfigProblems();
    assertEquals("r".repeat(128), read(Map.of("realm", "r".repeat(128)), mistakes).realm());
    assertEquals(List.of(), mistakes.found());
    read(Map.of("realm", "r".repeat(129)), mistakes);
    read(Map.of("realm", ""), mistakes);
    assertEquals(
        List.of(
            new ConfigProblem("p.realm", REALM_RULE),
            new ConfigProblem("p.realm", "must not be empty")),
        mistakes.found());
    assertThrows(ConfigException.class, () -> new AuthSettings("", false, Optional.empty()));
  }

  @Test
  void authSettings_haveDefaults_andReportWrongTypes() {
    ConfigProblems mistakes = new ConfigProblems();
    assertEquals(new AuthSettings("key", false, Optional.empty()), read(Map.of(), mistakes));
    assertEquals(
        new AuthSettings("r", true, Optional.of("guest")),
        read(
            Map.of("realm", "r", "hide_credentials", true, "anonymous_consumer", "guest"),
            mistakes));
    assertEquals(List.of(), mistakes.found());
    read(Map.of("hide_credentials", "yes", "anonymous_consumer", 1), mistakes);
    assertEquals(
        List.of(
            "p.hide_credentials: must be true or false, was \"yes\"",
            "p.anonymous_consumer: must be a text, was 1"),
        mistakes.found().stream().map(ConfigProblem::toString).toList());
  }

  @Test
  void window_needsALimitAndALength() {
    assertThrows(IllegalArgumentException.class, () -> new RateWindow(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new RateWindow(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new RateWindow(-1, 1));
    assertEquals(1, new RateWindow(1, 1).limit());
  }

  @Test
  void counterKeys_neverFallTogetherByTheirNames() {
    CounterOwner one = new CounterOwner("consumer", "a");
    CounterOwner other = new CounterOwner("consumer", "a:limit-count");
    assertNotEquals(new CounterKey(one, "limit-count:x", "y"), new CounterKey(other, "x", "y"));
    assertNotEquals(
        new CounterKey(one, "limit-count", "y"),
        new CounterKey(new CounterOwner("route", "a"), "limit-count", "y"));
    assertEquals(
        new CounterKey(one, "limit-count", "y"),
        new CounterKey(new CounterOwner("consumer", "a"), "limit-count", "y"));
  }

  @Test
  void credentialLocations_areCreatedByKind() {
    assertEquals(
        new CredentialLocation(CredentialLocation.Kind.HEADER, "apikey"),
        CredentialLocation.header("apikey"));
    assertEquals(
        new CredentialLocation(CredentialLocation.Kind.QUERY, "apikey"),
        CredentialLocation.query("apikey"));
    assertEquals(
        new CredentialLocation(CredentialLocation.Kind.COOKIE, "jwt"),
        CredentialLocation.cookie("jwt"));
  }

  @Test
  void conflict_namesTheReferencingObject() {
    assertEquals(
        "duplicate key of plugin key-auth found with credential: c of consumer: acme",
        ConflictException.duplicate("key", "key-auth", "c", "acme").getMessage());
  }

  @Test
  void entries_toString_showsNoSecret() {
    Credential credential = Credential.of("c", "key-auth").build();
    PluginSettings settings = PluginSettings.of(Map.of("key", "hunter2"));
    Consumer acme = Consumer.named("acme").build();
    CredentialEntry entry =
        new CredentialEntry(credential, LookupDigest.plain().of("hunter2"), settings);
    List<CredentialEntry> entries = new ArrayList<>(List.of(entry));
    ConsumerEntry whole = new ConsumerEntry(acme, entries);
    entries.clear();
    assertEquals(1, whole.credentials().size());
    String shown =
        whole
            + " "
            + new StoredCredential(credential, acme, settings)
            + new EnrolledCredential(Secret.of("hunter2"), settings);
    assertEquals(-1, shown.indexOf("hunter2"), shown);
  }

  private static AuthSettings read(Map<String, ?> settings, ConfigProblems mistakes) {
    return AuthSettings.read(PluginSettings.of(settings).read("p", mistakes), "key");
  }
}
