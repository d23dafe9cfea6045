package dev.gatehouse.internal.auth.jwt;

import static dev.gatehouse.internal.auth.jwt.JwtFixture.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.Secret;
import dev.gatehouse.contract.FakeRequest;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger may learn from a refusal, and tokens that are not for this API. */
final class JwtEdgesTest {
  private static final String REFUSED = "401 failed to verify jwt";
  private static final KeyPair RSA = Tokens.rsa(2048);

  private static String claims(String key, String more) {
    return "{\"key\":\"" + key + "\",\"aud\":\"orders\",\"exp\":" + (NOW + 60) + more + "}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA"})
  void unknownKey_isAnsweredAsAWrongSignature_afterComparableWork(String alg) {
    KeyPair pair = pair(alg);
    KeyPair other = pair(alg);
    JwtFixture desk =
        new JwtFixture(Profile.STRICT)
            .credential("algorithm", alg)
            .credential("public_key", Tokens.pem(pair.getPublic()));
    String header = "{\"alg\":\"" + alg + "\"}";
    String wrong = Tokens.signed(alg, other.getPrivate(), header, claims("user-key", ""));
    String unknown = Tokens.signed(alg, other.getPrivate(), header, claims("other", ""));
    assertEquals(REFUSED, desk.answer(wrong));
    assertEquals(REFUSED, desk.answer(unknown));
    assertEquals(
        "ok", desk.answer(Tokens.signed(alg, pair.getPrivate(), header, claims("user-key", ""))));

    var config = desk.configured().valid();
    var stored = desk.enrolled().valid().kept();
    double ratio = 0;
    for (int attempt = 0; attempt < 20 && (ratio < 0.4 || ratio > 2.5); attempt++) {
      long one = shortest(() -> desk.ask(config, JwtFixture.bearer(wrong), stored));
      long two = shortest(() -> desk.ask(config, JwtFixture.bearer(unknown), stored));
      ratio = (double) two / one;
    }
    assertTrue(ratio >= 0.4 && ratio <= 2.5, alg + " " + ratio);
  }

  private static long shortest(Runnable work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 100; i++) {
      long start = System.nanoTime();
      work.run();
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }

  private static KeyPair pair(String alg) {
    return switch (alg) {
      case "ES256" -> Tokens.ec("secp256r1");
      case "EdDSA" -> Tokens.edwards("Ed25519");
      default -> Tokens.rsa(2048);
    };
  }

  @Test
  void decoyOfEveryAlgorithm_hasASignatureThatItsKeyMayHaveMade() {
    for (JwtAlgorithm each : JwtAlgorithm.values()) {
      assertTrue(DecoyKeys.of(each).mayHaveMade(DecoyKeys.signature(each)), each.id());
    }
  }

  @Test
  void keySetWithoutAudience_isAProblemInStrictOnly() {
    for (Profile profile : Profile.values()) {
      List<String> mistakes =
          new JwtFixture(profile)
              .credential("algorithm", "RS256")
              .credential("jwks_uri", "https://idp.example/keys")
              .credential("issuer", "https://idp.example/")
              .enrolled()
              .problems();
      assertEquals(profile == Profile.STRICT ? 1 : 0, mistakes.size(), mistakes.toString());
      assertTrue(mistakes.stream().allMatch(one -> one.startsWith("audience: is required")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "|,\"at_hash\":\"x\"",
        "|,\"c_hash\":\"x\"",
        "|,\"nonce\":\"x\"",
        "|,\"typ\":\"ID\"",
        "|,\"typ\":\"Refresh\"",
        "|,\"typ\":\"Logout\"",
        "|,\"events\":{}",
        "|,\"cnf\":{\"x5t#S256\":\"x\"}",
        "|,\"cnf\":null",
        "logout+jwt|",
        "application/LOGOUT+JWT|",
        "dpop+jwt|",
        "secevent+jwt|",
        "JWE|",
      })
  void tokenOfAnotherKind_opensNothing(String typ, String more) throws Exception {
    try (JwksServer server = new JwksServer().serves(JwksServer.jwk("one", RSA.getPublic(), ""))) {
      JwtFixture desk =
          new JwtFixture(Profile.STRICT)
              .credential("algorithm", "RS256")
              .credential("audience", "orders")
              .credential("jwks_uri", server.uri());
      assertEquals("ok", desk.answer(token("at+jwt", "")));
      assertEquals("ok", desk.answer(token("JWT", ",\"nonce\":\"x\",\"typ\":\"Bearer\"")));

      assertEquals(
          REFUSED, desk.answer(token(typ == null ? "JWT" : typ, more == null ? "" : more)));
    }
  }

  private static String token(String typ, String more) {
    String header = "{\"alg\":\"RS256\",\"kid\":\"one\",\"typ\":\"" + typ + "\"}";
    return Tokens.signed("RS256", RSA.getPrivate(), header, claims("user-key", more));
  }

  @Test
  void boundToken_isRefusedWithASecretToo() {
    JwtFixture desk = JwtFixture.strict();
    assertEquals("ok", desk.answer(Tokens.hs256(JwtFixture.SECRET, claims("user-key", ""))));
    assertEquals(
        REFUSED, desk.answer(Tokens.hs256(JwtFixture.SECRET, claims("user-key", ",\"cnf\":{}"))));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void tokenOfThePresentSecond_isAcceptedAtOnce(Profile profile) {
    JwtFixture desk = new JwtFixture(profile).credential("secret", JwtFixture.SECRET);
    String more = ",\"nbf\":" + NOW + ",\"iat\":" + NOW;
    assertEquals("ok", desk.answer(Tokens.hs256(JwtFixture.SECRET, claims("user-key", more))));
  }

  @Test
  void tokensOfManySmallObjects_areWeighedByTheirRetainedSize() {
    VerifiedTokens few = new VerifiedTokens(new SecureRandom(), 1 << 20);
    var stored = JwtFixture.strict().enrolled().valid().kept();
    JwtCredential any = JwtCredential.of(stored).orElseThrow();
    String objects = "{\"a\":0},".repeat(600);
    for (int i = 0; i < 100; i++) {
      String more = ",\"n\":" + i + ",\"x\":[" + objects + "1]";
      VerifiedTokens.Presented read =
          few.read(Tokens.hs256(JwtFixture.SECRET, claims("user-key", more)));
      few.add(assertedNotNull(read), any, any.material().orElseThrow(), stored);
    }
    assertTrue(few.size() <= 10, () -> few.size() + " are retained");
  }

  private static <T> T assertedNotNull(@org.jspecify.annotations.Nullable T value) {
    assertNotNull(value);
    return java.util.Objects.requireNonNull(value);
  }

  @Test
  void queryOfAKeySet_isASecret() {
    JwtFixture desk =
        new JwtFixture(Profile.STRICT)
            .credential("algorithm", "RS256")
            .credential("audience", "orders")
            .credential("jwks_uri", "https://idp.example/keys?key=s3cr3t");
    var stored = desk.enrolled().valid().kept();
    assertTrue(stored.value("jwks_uri") instanceof Secret);
    assertFalse(stored.toString().contains("s3cr3t"));
    assertTrue(JwtCredential.of(stored).isPresent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ES256|{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
        "EdDSA|{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
            + "\"x\":\"AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
        "EdDSA|{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}",
      })
  void pointThatIsNotOnTheCurve_isAMistake(String alg, String jwk) {
    assertEquals(1, single(alg, jwk).size());
  }

  @Test
  void keyThatIsNotForVerifying_isAProblem() {
    String good = JwksServer.jwk("one", RSA.getPublic(), "");
    assertEquals(List.of(), single("RS256", good));
    for (String more :
        List.of(",\"key_ops\":[\"encrypt\"]", ",\"key_ops\":1", ",\"use\":\"enc\"")) {
      assertEquals(1, single("RS256", good.replace("}", more + "}")).size(), more);
    }
  }

  private static List<String> single(String alg, String jwk) {
    return new JwtFixture(Profile.STRICT)
        .credential("algorithm", alg)
        .credential("public_key", jwk)
        .enrolled()
        .problems();
  }

  @Test
  void tokenWithoutCredential_isStillNone() {
    assertEquals(
        "401 Missing JWT token in request", JwtFixture.strict().answer(FakeRequest.get("/")));
  }
}
