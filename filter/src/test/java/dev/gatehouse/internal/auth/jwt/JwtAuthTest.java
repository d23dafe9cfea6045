package dev.gatehouse.internal.auth.jwt;

import static dev.gatehouse.internal.auth.jwt.JwtFixture.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.Secret;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAuthTest {
  private static final String INVALID = "401 JWT token invalid";
  private static final String REFUSED = "401 failed to verify jwt";
  private static final String KEY = "{\"key\":\"user-key\"}";
  private static final String GOOD = Tokens.hs256(JwtFixture.SECRET, KEY);

  @Test
  void configure_byDefault_isAsInApisix() {
    JwtFixture desk = JwtFixture.strict();
    JwtConfig config = desk.configured().valid();

    assertEquals(List.of("Bearer realm=\"jwt\""), config.challenges());
    assertEquals(
        List.of(
            CredentialLocation.header("authorization"),
            CredentialLocation.query("jwt"),
            CredentialLocation.cookie("jwt")),
        config.places());
    assertFalse(config.common().hideCredentials());
    assertEquals(Optional.empty(), config.common().anonymousConsumer());
    assertEquals("jwt-auth(header=authorization, query=jwt, cookie=jwt)", config.toString());
    assertEquals("jwt-auth", desk.plugin.name());
    assertEquals("key", desk.plugin.attribute());
    assertEquals(2510, desk.plugin.priority());
  }

  @Test
  void configure_withOtherNames_looksThereOnly() {
    JwtFixture desk =
        JwtFixture.strict()
            .route("header", "X-Token")
            .route("query", "token")
            .route("cookie", "session")
            .route("realm", "orders")
            .route("key_claim_name", "sub");
    String token = Tokens.hs256(JwtFixture.SECRET, "{\"sub\":\"user-key\",\"key\":\"x\"}");

    assertEquals("ok", desk.answer(FakeRequest.get("/").header("x-token", "Bearer " + token)));
    assertEquals("ok", desk.answer(FakeRequest.get("/?token=" + token)));
    assertEquals("ok", desk.answer(FakeRequest.get("/").cookie("session", token)));
    assertEquals("401 Missing JWT token in request", desk.answer(token));
    assertEquals(List.of("Bearer realm=\"orders\""), desk.configured().valid().challenges());
  }

  @Test
  void configure_whenSettingsAreWrong_namesThemAll() {
    assertEquals(
        List.of(
            "header: must be a header name (RFC 9110 token)",
            "cookie: must be a cookie name (RFC 9110 token)",
            "key_claim_name: must not be empty",
            "claims_to_verify: must hold nothing but exp and nbf, each once at most",
            "store_in_ctx: must be true or false, was \"yes\"",
            "hide: is not known; known here: realm, hide_credentials, anonymous_consumer, header,"
                + " query, cookie, key_claim_name, claims_to_verify, store_in_ctx"),
        JwtFixture.strict()
            .route("header", "a b")
            .route("cookie", "a=b")
            .route("key_claim_name", "")
            .route("claims_to_verify", List.of("exp", "iat"))
            .route("store_in_ctx", "yes")
            .route("hide", true)
            .configured()
            .problems());
    assertEquals(
        1,
        JwtFixture.strict()
            .route("claims_to_verify", List.of("exp", "exp"))
            .configured()
            .problems()
            .size());
  }

  @Test
  void readCredential_storesOnlyVerificationData() {
    EnrolledCredential form = JwtFixture.strict().credential("exp", 60).enrolled().valid();

    assertEquals("user-key", form.lookup().reveal());
    assertEquals(
        PluginSettings.of(
            Map.of(
                "algorithm",
                "HS256",
                "secret",
                Secret.of(JwtFixture.SECRET),
                "base64_secret",
                false,
                "lifetime_grace_period",
                0)),
        form.kept());
    assertFalse((form + " " + form.kept().values()).contains(JwtFixture.SECRET));
  }

  @Test
  void readCredential_whenSettingsAreWrong_namesThemAll() {
    assertEquals(
        List.of(
            "key: must be a text; put it in quotes",
            "exp: must be a whole number from 1 to 9223372036854775807, was 0",
            "lifetime_grace_period: must be a whole number from 0 to 31536000, was -1",
            "issuer: must not be empty",
            "secret: is required when algorithm is HS256"),
        new JwtFixture(Profile.STRICT)
            .credential("key", 5)
            .credential("exp", 0)
            .credential("lifetime_grace_period", -1)
            .credential("issuer", "")
            .enrolled()
            .problems());
    assertEquals(
        List.of(
            "public_key: is required when algorithm is EdDSA, unless jwks_uri or jwks_file is given"),
        JwtFixture.strict().credential("algorithm", "EdDSA").enrolled().problems());
    assertEquals(
        1, JwtFixture.strict().credential("algorithm", "none").enrolled().problems().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a test secret of 32 bytes or more", "AAAA=AAA", "AAAAA", "-_==", "AA="})
  void readCredential_whenTheSecretIsNoBase64_isRefusedWithoutShowingIt(String secret) {
    assertEquals(
        List.of("secret: must be base64 because base64_secret is true"),
        new JwtFixture(Profile.API7)
            .credential("base64_secret", true)
            .credential("secret", secret)
            .enrolled()
            .problems());
  }

  @Test
  void authenticate_whenTokensDiffer_believesNone() {
    String other = Tokens.hs256(JwtFixture.SECRET, "{\"key\":\"user-key\",\"a\":1}");
    FakeRequest both = JwtFixture.bearer(GOOD).cookie("jwt", other);
    JwtFixture desk = JwtFixture.strict();

    assertEquals(INVALID, desk.answer(both));
    assertEquals(
        INVALID,
        desk.answer(FakeRequest.get("/?jwt=" + other).header("Authorization", "Bearer " + GOOD)));
    assertEquals(INVALID, desk.answer(FakeRequest.get("/?jwt=" + GOOD).cookie("jwt", other)));
    assertEquals(
        INVALID, desk.answer(FakeRequest.get("/").cookie("jwt", GOOD).cookie("jwt", GOOD)));
    assertEquals(List.of(), desk.asked);
    assertEquals("ok", desk.answer(FakeRequest.get("/?jwt=" + GOOD).cookie("jwt", GOOD)));
    assertEquals("ok", desk.answer(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[\"exp\"]",
        "\"crit\":[]",
        "\"crit\":null",
        "\"b64\":false",
        "\"b64\":true",
        "\"zip\":\"DEF\"",
        "\"zip\":null",
        "\"alg\":\"HS256\""
      })
  void authenticate_whenTheHeaderChangesTheMeaning_isInvalid(String member) {
    JwtFixture desk = JwtFixture.strict();
    String header = "{\"alg\":\"HS256\"," + member + "}";

    assertEquals(INVALID, desk.answer(signed(header, KEY)));
    assertEquals("ok", desk.answer(signed("{\"alg\":\"HS256\",\"kid\":\"b64\"}", KEY)));
    assertEquals(1, desk.asked.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key\":\"other\",\"key\":\"user-key\"}",
        "{\"key\":\"user-key\",\"\\u006bey\":\"other\"}",
        "{\"key\":\"user-key\",\"a\":{\"b\":1,\"b\":1}}",
        "{\"key\":\"user-key\"}{}",
        "\ufeff{\"key\":\"user-key\"}"
      })
  void authenticate_whenTwoReadersCouldDiffer_isInvalid(String claims) {
    assertEquals(INVALID, JwtFixture.strict().answer(Tokens.hs256(JwtFixture.SECRET, claims)));
  }

  @Test
  void authenticate_whenBase64IsNotTheOnlyOne_isInvalid() {
    String[] parts = GOOD.split("\\.", -1);
    JwtFixture desk = JwtFixture.strict();

    assertEquals(INVALID, desk.answer(parts[0] + "=." + parts[1] + "." + parts[2]));
    assertEquals(INVALID, desk.answer(" " + GOOD));
    assertEquals(INVALID, desk.answer(parts[0] + "\n." + parts[1] + "." + parts[2]));
    assertEquals(REFUSED, desk.answer(GOOD + "="));
    assertEquals(REFUSED, desk.answer(GOOD + " "));
    String last = GOOD.substring(GOOD.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String sameBytes = alphabet.substring(alphabet.indexOf(last) + 1, alphabet.indexOf(last) + 2);
    String twin = GOOD.substring(0, GOOD.length() - 1) + sameBytes;
    assertEquals(
        List.of(bytes(GOOD)), List.of(bytes(twin)), "the JDK reads both as the same bytes");
    assertEquals(REFUSED, desk.answer(twin));
    assertEquals("ok", desk.answer(GOOD));
  }

  private static String bytes(String token) {
    byte[] bytes = Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void authenticate_whenTheTokenIsLongerThanEightKilobytes_isInvalid() {
    JwtFixture desk = JwtFixture.strict();
    String longest = padded(8192);

    assertEquals(8192, longest.length());
    assertEquals("ok", desk.answer(longest));
    assertEquals(INVALID, desk.answer(padded(8193)));
    assertEquals(INVALID, desk.answer("a.".repeat(4096) + GOOD));
  }

  /** Returns a good token of this length. */
  private static String padded(int length) {
    for (int fill = length * 3 / 4 - 200; ; fill++) {
      for (int header = 0; header < 3; header++) {
        String token =
            signed(
                "{\"alg\":\"HS256\",\"kid\":\"" + "k".repeat(header) + "\"}",
                "{\"key\":\"user-key\",\"a\":\"" + "a".repeat(fill) + "\"}");
        if (token.length() == length) {
          return token;
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "exp|1|0|ok",
        "exp|0|0|refused",
        "exp|0|1|ok",
        "exp|-9|10|ok",
        "exp|-10|10|refused",
        "nbf|-1|0|ok",
        "nbf|0|0|ok",
        "nbf|0|1|ok",
        "nbf|9|10|ok",
        "nbf|10|10|ok",
        "nbf|1|0|refused",
        "nbf|11|10|refused"
      },
      delimiter = '|')
  void dates_haveTheBoundariesOfApisix(String claim, int off, int grace, String answer) {
    long moment = NOW + off;
    JwtFixture desk = JwtFixture.strict().credential("lifetime_grace_period", grace);

    assertEquals(
        answer.equals("ok") ? "ok" : REFUSED, desk.answer(claims("\"" + claim + "\":" + moment)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999",
        "9007199254740992",
        "-9007199254740992",
        "1e400",
        "null",
        "true",
        "[1]",
        "{}",
        "\"1\""
      })
  void dates_thatAreNoNumberInRange_areRefused(String value) {
    for (Profile profile : Profile.values()) {
      JwtFixture desk = new JwtFixture(profile).credential("secret", JwtFixture.SECRET);
      for (String claim : List.of("exp", "nbf", "iat")) {
        assertEquals(REFUSED, desk.answer(claims("\"" + claim + "\":" + value)));
      }
    }
  }

  @Test
  void dates_mayHaveFractionsAndExponents() {
    JwtFixture desk = JwtFixture.strict();

    assertEquals("ok", desk.answer(claims("\"exp\":" + NOW + ".5")));
    assertEquals(REFUSED, desk.answer(claims("\"exp\":" + NOW + ".0")));
    assertEquals("ok", desk.answer(claims("\"exp\":1.9e9,\"nbf\":1.7e9,\"iat\":1e-999")));
    assertEquals("ok", desk.answer(claims("\"exp\":9007199254740991,\"iat\":2000000000")));
    assertEquals(REFUSED, desk.answer(claims("\"exp\":1.8e9")));
  }

  @Test
  void claimsToVerify_makesThemRequiredAndNeverSkipsTheOthers() {
    String none = GOOD;
    String exp = claims("\"exp\":" + (NOW + 1));
    String expired = claims("\"exp\":" + NOW + ",\"nbf\":1");
    JwtFixture unset = JwtFixture.strict();
    JwtFixture empty = JwtFixture.strict().route("claims_to_verify", List.of());
    JwtFixture onlyExp = JwtFixture.strict().route("claims_to_verify", List.of("exp"));
    JwtFixture both = JwtFixture.strict().route("claims_to_verify", List.of("nbf", "exp"));
    JwtFixture onlyNbf = JwtFixture.strict().route("claims_to_verify", List.of("nbf"));

    for (JwtFixture desk : List.of(unset, empty)) {
      assertEquals("ok", desk.answer(none));
      assertEquals("ok", desk.answer(exp));
      assertEquals(REFUSED, desk.answer(expired));
    }
    assertEquals(REFUSED, onlyExp.answer(none));
    assertEquals("ok", onlyExp.answer(exp));
    assertEquals(REFUSED, both.answer(exp));
    assertEquals("ok", both.answer(claims("\"nbf\":1,\"exp\":" + (NOW + 1))));
    assertEquals(REFUSED, onlyNbf.answer(expired));
    assertEquals("ok", onlyNbf.answer(claims("\"nbf\":1")));
  }

  @Test
  void dates_thatAreNotListed_areNotLookedAtInApi7() {
    String expired = claims("\"exp\":1,\"nbf\":1");
    assertEquals(
        REFUSED, JwtFixture.strict().route("claims_to_verify", List.of("nbf")).answer(expired));
    assertEquals("ok", api7().route("claims_to_verify", List.of("nbf")).answer(expired));
    assertEquals(REFUSED, api7().answer(expired));
    assertEquals(REFUSED, api7().route("claims_to_verify", List.of()).answer(expired));
    assertEquals(REFUSED, api7().route("claims_to_verify", List.of("exp")).answer(expired));
    String none = claims("\"sub\":\"x\"");
    assertEquals(REFUSED, api7().route("claims_to_verify", List.of("exp")).answer(none));
  }

  @Test
  void exp_isShownInApi7_thoughNothingUsesIt() {
    assertEquals(86_400L, api7().enrolled().valid().kept().value("exp"));
    assertEquals(60L, api7().credential("exp", 60).enrolled().valid().kept().value("exp"));
    assertEquals("ok", api7().credential("exp", 1).answer(claims("\"sub\":\"x\"")));
  }

  private static JwtFixture api7() {
    return new JwtFixture(Profile.API7).credential("secret", JwtFixture.SECRET);
  }

  @Test
  void issuerAndAudience_whenSet_mustMatch() {
    JwtFixture desk =
        JwtFixture.strict().credential("issuer", "us").credential("audience", "orders");

    assertEquals("ok", desk.answer(claims("\"iss\":\"us\",\"aud\":\"orders\"")));
    assertEquals("ok", desk.answer(claims("\"iss\":\"us\",\"aud\":[1,null,\"orders\"]")));
    for (String wrong :
        List.of(
            "\"iss\":\"us\"",
            "\"aud\":\"orders\"",
            "\"iss\":\"them\",\"aud\":\"orders\"",
            "\"iss\":[\"us\"],\"aud\":\"orders\"",
            "\"iss\":\"us\",\"aud\":\"Orders\"",
            "\"iss\":\"us\",\"aud\":[]",
            "\"iss\":\"us\",\"aud\":[[\"orders\"]]",
            "\"iss\":\"us\",\"aud\":{\"orders\":1}")) {
      assertEquals(REFUSED, desk.answer(claims(wrong)));
    }
  }

  @Test
  void storeInCtx_handsTheClaimsOn() {
    FakeRequest request = JwtFixture.bearer(claims("\"a\":[1,null]"));
    AuthResult.Authenticated without = proved(JwtFixture.strict().ask(request));
    AuthResult.Authenticated with =
        proved(JwtFixture.strict().route("store_in_ctx", true).ask(request));

    assertEquals(Map.of(), without.facts());
    Map<?, ?> claims = assertInstanceOf(Map.class, with.facts().get("dev.gatehouse.jwt.claims"));
    assertEquals("user-key", claims.get("key"));
    assertEquals("[1, null]", String.valueOf(claims.get("a")));
    assertThrows(UnsupportedOperationException.class, claims::clear);
    assertEquals(1, with.facts().size());
  }

  private static AuthResult.Authenticated proved(AuthResult result) {
    return assertInstanceOf(AuthResult.Authenticated.class, result);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void storedSettingsThatCannotBeRead_proveNothing(Profile profile) {
    JwtFixture desk = new JwtFixture(profile);
    for (Map<String, ?> stored :
        List.<Map<String, ?>>of(
            Map.of(),
            Map.of("algorithm", "none"),
            Map.of("algorithm", "HS256", "secret", ""),
            Map.of("algorithm", "RS256", "secret", JwtFixture.SECRET))) {
      AuthResult result = desk.ask(JwtFixture.bearer(GOOD), PluginSettings.of(stored));
      assertEquals(REFUSED, JwtFixture.answer(result));
    }
    PluginSettings whole = JwtFixture.strict().enrolled().valid().kept();
    assertEquals("ok", JwtFixture.answer(desk.ask(JwtFixture.bearer(GOOD), whole)));
  }

  @Test
  void reason_neverContainsTheCredential() {
    for (String token :
        List.of(
            "hunter2",
            Tokens.hs256("hunter2", "{\"key\":\"hunter2\"}"),
            signed("{\"alg\":\"hunter2\"}", KEY))) {
      AuthResult result = JwtFixture.strict().ask(JwtFixture.bearer(token));
      assertInstanceOf(AuthResult.Rejected.class, result);
      assertFalse(result.toString().contains("hunter2"));
    }
    assertTrue(String.valueOf(JwtToken.read(GOOD)).equals("JwtToken"));
  }

  private static String claims(String members) {
    return Tokens.hs256(JwtFixture.SECRET, "{\"key\":\"user-key\"," + members + "}");
  }

  private static String signed(String header, String claims) {
    return Tokens.signed("HS256", Tokens.secretKey(JwtFixture.SECRET), header, claims);
  }
}
