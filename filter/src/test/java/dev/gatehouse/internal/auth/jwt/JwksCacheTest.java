package dev.gatehouse.internal.auth.jwt;

import static dev.gatehouse.internal.auth.jwt.JwksServer.jwk;
import static dev.gatehouse.internal.auth.jwt.JwtFixture.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.store.StoreException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys of a set: which one a token means, when the set is read, and what happens when it is not.
 */
class JwksCacheTest {
  private static final KeyPair ONE = Tokens.rsa(2048);
  private static final KeyPair TWO = Tokens.rsa(2048);
  private static final String REFUSED = "401 failed to verify jwt";
  private static final long PAUSE = JwksCache.PAUSE / 1000;
  private static final long MAX_AGE = 600;
  private static final long WAIT = 60_000;
  private static final String UNUSABLE =
      "jwks_file: must be a readable regular file of at most 256 KiB:"
          + " a JWK Set with a key for RS256";

  private final JwksServer server;
  private final JwtFixture desk;

  JwksCacheTest() throws Exception {
    server = new JwksServer().serves(jwk("one", ONE.getPublic(), ""));
    desk =
        new JwtFixture(Profile.STRICT)
            .credential("audience", "orders")
            .credential("algorithm", "RS256")
            .credential("jwks_uri", server.uri());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void token_underTheKeyItNames_isAccepted_andOnlyThen() {
    server.serves(jwk("one", ONE.getPublic(), ""), jwk("two", TWO.getPublic(), ""));

    assertEquals("ok", desk.answer(token("one", ONE)));
    assertEquals("ok", desk.answer(token("two", TWO)));
    assertEquals(REFUSED, desk.answer(token("one", TWO)));
    assertEquals(REFUSED, desk.answer(token("three", ONE)));
    assertEquals(REFUSED, desk.answer(token(null, ONE)));
    assertEquals(1, server.asked());
  }

  @Test
  void token_thatNamesNoKey_meansTheOnlyOne() {
    assertEquals("ok", desk.answer(token(null, ONE)));
    assertEquals(REFUSED, desk.answer(token(null, TWO)));
  }

  @Test
  void keyId_thatIsNoText_isRefused() {
    String header = "{\"alg\":\"RS256\",\"kid\":1}";
    assertEquals(
        REFUSED, desk.answer(Tokens.signed("RS256", ONE.getPrivate(), header, claims("user-key"))));
  }

  @Test
  void unknownKeyId_asksAgain_butNotWithoutEnd() {
    assertEquals("ok", desk.answer(token("one", ONE)));
    server.serves(jwk("two", TWO.getPublic(), ""));
    for (int i = 0; i < 100; i++) {
      assertEquals(REFUSED, desk.answer(token("guess-" + i, ONE)));
    }
    assertEquals(1, server.asked());

    desk.at(NOW + PAUSE);
    assertEquals("ok", desk.answer(token("two", TWO)));
    for (int i = 0; i < 100; i++) {
      assertEquals(REFUSED, desk.answer(token("guess-" + i, ONE)));
    }
    assertEquals(2, server.asked());
  }

  @Test
  void keyTakenOutOfTheSet_verifiesNothingMore_notEvenWhatWasRemembered() {
    assertEquals("ok", desk.answer(token("one", ONE)));
    server.serves(jwk("two", TWO.getPublic(), ""));
    desk.at(NOW + MAX_AGE - 1);
    assertEquals("ok", desk.answer(token("one", ONE)));

    desk.at(NOW + MAX_AGE);
    assertEquals(REFUSED, desk.answer(token("one", ONE)));
    assertEquals("ok", desk.answer(token("two", TWO)));
  }

  @Test
  void keyReplacedUnderItsId_verifiesNothingMore() {
    assertEquals("ok", desk.answer(token("one", ONE)));
    server.serves(jwk("one", TWO.getPublic(), ""));
    desk.at(NOW + MAX_AGE);

    assertEquals(REFUSED, desk.answer(token("one", ONE)));
    assertEquals("ok", desk.answer(token("one", TWO)));
  }

  @Test
  void failedRefresh_retainsOldKeys_andReportsOthersAsUnavailable() {
    assertEquals("ok", desk.answer(token("one", ONE)));
    server.answers(500, "");
    desk.at(NOW + 10 * MAX_AGE);

    assertEquals("ok", desk.answer(token("one", ONE)));
    assertEquals("ok", desk.answer(token("one", ONE)));
    assertThrows(StoreException.class, () -> desk.answer(token("two", TWO)));
    assertEquals(2, server.asked());

    server.serves(jwk("two", TWO.getPublic(), ""));
    desk.at(NOW + 10 * MAX_AGE + PAUSE);
    assertEquals("ok", desk.answer(token("two", TWO)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"500|", "404|", "204|", "200|", "200|[]", "200|{\"keys\":[]}", "200|{\"keys\":1}"})
  void set_thatWasNeverRead_isNoWrongToken(int status, String body) {
    server.answers(status, body == null ? "" : body);

    assertThrows(StoreException.class, () -> desk.answer(token("one", ONE)));
    assertThrows(StoreException.class, () -> desk.answer(token("one", ONE)));
    assertEquals(1, server.asked());

    server.serves(jwk("one", ONE.getPublic(), ""));
    desk.at(NOW + PAUSE);
    assertEquals("ok", desk.answer(token("one", ONE)));
  }

  @Test
  void redirect_isNotFollowed() {
    server.answers(302, "{\"keys\":[" + jwk("one", ONE.getPublic(), "") + "]}");

    assertThrows(StoreException.class, () -> desk.answer(token("one", ONE)));
    assertEquals(1, server.asked());
  }

  @Test
  void set_ofMoreThan256Kilobytes_isRefused() {
    String key = jwk("one", ONE.getPublic(), "");
    server.answers(200, "{\"keys\":[" + key + "],\"x\":\"" + "x".repeat(1 << 18) + "\"}");

    assertThrows(StoreException.class, () -> desk.answer(token("one", ONE)));
  }

  @Test
  void server_thatDoesNotAnswer_causesATimeout() {
    server.stalls();
    JwksLocation source = new JwksLocation(JwtAlgorithm.RS256, URI.create(server.uri()), 60);
    TestClock ticker = new TestClock();
    JwksCache sets = new JwksCache(50, WAIT);

    assertThrows(StoreException.class, () -> sets.find(source, "one", ticker));
  }

  @Test
  void server_thatAnswersByteByByte_causesATimeout() {
    TestClock ticker = new TestClock();
    server.drips(() -> ticker.advance(Duration.ofMillis(10)));
    JwksLocation source = new JwksLocation(JwtAlgorithm.RS256, URI.create(server.uri()), 60);
    JwksCache sets = new JwksCache(500, WAIT);

    StoreException refused =
        assertThrows(StoreException.class, () -> sets.find(source, "one", ticker));
    assertTrue(String.valueOf(refused.getCause()).contains("too slow"), refused.getCause() + "");
  }

  @Test
  void tokenThatCannotPass_causesNoRequest() {
    assertEquals(
        REFUSED,
        desk.answer(
            Tokens.signed("RS256", ONE.getPrivate(), "{\"alg\":\"RS256\"}", claims("somebody"))));
    for (String alg : List.of("none", "HS256", "RS384", "PS256", "ES256")) {
      String header = "{\"alg\":\"" + alg + "\",\"kid\":\"one\"}";
      String sent = Tokens.part(header) + "." + Tokens.part(claims("user-key")) + ".AAAA";
      assertEquals(REFUSED, desk.answer(sent), alg);
    }
    assertEquals(0, server.asked());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"use\":\"enc\"",
        ",\"alg\":\"RS512\"",
        ",\"key_ops\":[\"encrypt\"]",
        ",\"key_ops\":1",
        ",\"d\":\"AQAB\""
      })
  void key_forSomethingElse_isLeftOut(String more) {
    server.serves(jwk("one", ONE.getPublic(), more), jwk("two", TWO.getPublic(), ""));

    assertEquals("ok", desk.answer(token("two", TWO)));
    assertEquals(REFUSED, desk.answer(token("one", ONE)));
  }

  @Test
  void keysOfOneId_areBothLeftOut() {
    server.serves(
        jwk("one", ONE.getPublic(), ""),
        jwk("one", TWO.getPublic(), ""),
        jwk("two", TWO.getPublic(), ",\"use\":\"sig\",\"key_ops\":[\"verify\"]"));

    assertEquals("ok", desk.answer(token("two", TWO)));
    assertEquals(REFUSED, desk.answer(token("one", ONE)));
    assertEquals(REFUSED, desk.answer(token("one", TWO)));
  }

  @Test
  void keysOfAnotherKind_areLeftOut() {
    KeyPair elliptic = Tokens.ec("secp256r1");
    server.serves(jwk("one", elliptic.getPublic(), ""), jwk("two", TWO.getPublic(), ""), "1");

    assertEquals("ok", desk.answer(token("two", TWO)));
    JwtFixture es256 =
        new JwtFixture(Profile.STRICT)
            .credential("audience", "orders")
            .credential("algorithm", "ES256")
            .credential("jwks_uri", server.uri());
    assertEquals(
        "ok",
        es256.answer(
            Tokens.signed(
                "ES256",
                elliptic.getPrivate(),
                "{\"alg\":\"ES256\",\"kid\":\"one\"}",
                claims("user-key"))));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void weakKeyOfASet_verifiesInApi7Only(Profile profile) {
    KeyPair weak = Tokens.rsa(1024);
    server.serves(jwk("one", weak.getPublic(), ""));
    JwtFixture other =
        new JwtFixture(profile)
            .credential("audience", "orders")
            .credential("algorithm", "RS256")
            .credential("jwks_uri", server.uri());

    assertEquals(profile == Profile.API7 ? "ok" : REFUSED, other.answer(token("one", weak)));
  }

  @Test
  void toString_omitsTheQuery() {
    JwksLocation source =
        new JwksLocation(JwtAlgorithm.RS256, URI.create(server.uri() + "?key=s3cr3t"), 60);
    server.answers(500, "");

    StoreException refused =
        assertThrows(
            StoreException.class,
            () -> new JwksCache(500, WAIT).find(source, "one", new TestClock()));
    assertEquals("the keys at " + server.uri() + " are not known", refused.getMessage());
    assertEquals(
        "/etc/keys.json",
        new JwksLocation(JwtAlgorithm.RS256, URI.create("file:///etc/keys.json"), 60).toString());
  }

  @Test
  void concurrentTokens_readTheSetOnceAndWaitInFewThreads() throws Exception {
    JwksLocation source = source();
    TestClock ticker = new TestClock();
    JwksCache sets = new JwksCache(5_000, WAIT);
    server.stalls();
    AtomicInteger refused = new AtomicInteger();

    List<Boolean> found =
        ConcurrentTasks.run(
            50,
            () -> {
              try {
                return sets.find(source, "one", ticker) != null;
              } catch (StoreException e) {
                if (refused.incrementAndGet() == 50 - JwksCache.MAX_WAITING) {
                  server.continues();
                }
                return false;
              }
            });

    assertEquals(JwksCache.MAX_WAITING, Collections.frequency(found, true));
    assertEquals(1, server.asked());
    ticker.advance(Duration.ofSeconds(60));
    assertNull(sets.find(source, "two", ticker));
    assertEquals(2, server.asked());
  }

  @Test
  void knownKeyId_whileTheServerHangs_doesNotWait() {
    JwksCache sets = new JwksCache(600_000, WAIT);
    TestClock ticker = new TestClock();
    assertNotNull(sets.find(source(), "one", ticker));
    ticker.advance(Duration.ofSeconds(50));
    server.stalls();

    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertNotNull(sets.find(source(), "one", ticker)));
  }

  @Test
  void inventedKeyIds_whileTheServerHangs_waitOnceAndThenNotAtAll() {
    JwksCache sets = new JwksCache(600_000, 5_000);
    TestClock ticker = new TestClock();
    assertNotNull(sets.find(source(), "one", ticker));
    ticker.advance(Duration.ofSeconds(11));
    server.stalls();

    for (int i = 0; i < 150; i++) {
      String invented = "invented-" + i;
      assertThrows(StoreException.class, () -> sets.find(source(), invented, ticker));
    }
    assertNotNull(sets.find(source(), "one", ticker));
    assertTrue(server.asked() <= 2, () -> server.asked() + " reads");
  }

  @Test
  void manySets_forgetNeitherTheirKeysNorThePauseBetweenReads(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, "{\"keys\":[" + jwk("one", ONE.getPublic(), "") + "]}");
    JwksCache sets = new JwksCache(2_000, WAIT);
    TestClock ticker = new TestClock();
    for (int age = 1; age <= 1_500; age++) {
      assertNotNull(
          sets.find(new JwksLocation(JwtAlgorithm.RS256, file.toUri(), age), "one", ticker));
    }
    Files.delete(file);
    for (int age = 1; age <= 1_500; age++) {
      JwksLocation source = new JwksLocation(JwtAlgorithm.RS256, file.toUri(), age);
      assertNotNull(sets.find(source, "one", ticker));
      assertNull(sets.find(source, "two", ticker));
    }
  }

  private JwksLocation source() {
    return new JwksLocation(JwtAlgorithm.RS256, URI.create(server.uri()), 60);
  }

  @Test
  void file_isReadAtTheStart_andAgainWhenItIsOld(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, "{\"keys\":[" + jwk("one", ONE.getPublic(), "") + "]}");
    JwtFixture local =
        new JwtFixture(Profile.STRICT)
            .credential("audience", "orders")
            .credential("algorithm", "RS256")
            .credential("jwks_file", file.toString())
            .credential("jwks_max_age", 60);
    assertEquals("ok", local.answer(token("one", ONE)));

    Files.writeString(file, "{\"keys\":[" + jwk("two", TWO.getPublic(), "") + "]}");
    local.at(NOW + 60);
    assertEquals("ok", local.answer(token("two", TWO)));
    assertEquals(REFUSED, local.answer(token("one", ONE)));
  }

  @Test
  void unusableFile_isAProblemWithoutDetails(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.json");
    for (String content :
        List.of("", "{}", "{\"keys\":[" + jwk("a", ONE.getPublic(), ",\"use\":\"enc\"") + "]}")) {
      Files.writeString(file, content);
      assertEquals(List.of(UNUSABLE), withFile(file).enrolled().problems());
    }
    for (Path none : List.of(folder.resolve("none.json"), folder, Path.of("/dev/zero"))) {
      assertEquals(List.of(UNUSABLE), withFile(none).enrolled().problems(), none.toString());
    }
  }

  @Test
  void file_whoseNameHasANul_isAProblem() {
    assertEquals(
        List.of("jwks_file: must be an absolute path"),
        new JwtFixture(Profile.STRICT)
            .credential("audience", "orders")
            .credential("algorithm", "RS256")
            .credential("jwks_file", "/etc/keys\0.json")
            .enrolled()
            .problems());
  }

  private static JwtFixture withFile(Path file) {
    return new JwtFixture(Profile.STRICT)
        .credential("audience", "orders")
        .credential("algorithm", "RS256")
        .credential("jwks_file", file.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://keys.example/jwks",
        "ftp://127.0.0.1/jwks",
        "file:///etc/keys.json",
        "https:///jwks",
        "https://user:pass@keys.example/jwks",
        "//keys.example/jwks",
        "keys",
        "https://keys.example/ jwks",
        "http://127.0.0.1.keys.example/",
        "jar:https://keys.example/a!/b"
      })
  void uri_thatCannotBeTrusted_isAProblem(String uri) {
    assertEquals(
        List.of(
            "jwks_uri: must be an https URI without user information (http on this machine only)"),
        new JwtFixture(Profile.STRICT)
            .credential("audience", "orders")
            .credential("algorithm", "RS256")
            .credential("jwks_uri", uri)
            .enrolled()
            .problems());
  }

  @Test
  void settings_thatContradictEachOther_areProblems() {
    assertEquals(
        List.of("jwks_uri: is for algorithms with a public key; algorithm is HS256"),
        new JwtFixture(Profile.STRICT)
            .credential("jwks_uri", "https://keys.example/")
            .enrolled()
            .problems());
    assertEquals(
        List.of("jwks_uri: must not be combined with public_key"),
        new JwtFixture(Profile.STRICT)
            .credential("audience", "orders")
            .credential("algorithm", "RS256")
            .credential("jwks_uri", "https://keys.example/")
            .credential("public_key", Tokens.pem(ONE.getPublic()))
            .enrolled()
            .problems());
    assertEquals(
        List.of("jwks_file: must not be combined with jwks_uri"),
        new JwtFixture(Profile.STRICT)
            .credential("audience", "orders")
            .credential("algorithm", "RS256")
            .credential("jwks_uri", "https://keys.example/")
            .credential("jwks_file", "/keys.json")
            .enrolled()
            .problems());
    assertEquals(
        List.of("jwks_file: must be an absolute path"),
        new JwtFixture(Profile.STRICT)
            .credential("audience", "orders")
            .credential("algorithm", "RS256")
            .credential("jwks_file", "keys.json")
            .enrolled()
            .problems());
    assertEquals(
        List.of(
            "public_key: is required when algorithm is RS256, unless jwks_uri or jwks_file is given"),
        new JwtFixture(Profile.STRICT)
            .credential("audience", "orders")
            .credential("algorithm", "RS256")
            .enrolled()
            .problems());
  }

  private static String token(@Nullable String id, KeyPair pair) {
    String kid = id == null ? "" : ",\"kid\":\"" + id + "\"";
    return Tokens.signed(
        "RS256", pair.getPrivate(), "{\"alg\":\"RS256\"" + kid + "}", claims("user-key"));
  }

  private static String claims(String key) {
    return "{\"key\":\"" + key + "\",\"aud\":\"orders\",\"exp\":" + (NOW + 100 * MAX_AGE) + "}";
  }
}
