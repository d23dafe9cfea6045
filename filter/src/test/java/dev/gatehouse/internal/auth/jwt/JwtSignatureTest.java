package dev.gatehouse.internal.auth.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.settings.PluginSettings;
import java.math.BigInteger;
import java.security.Key;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which signatures and keys prove a token and which do not. */
class JwtSignatureTest {
  private static final String REFUSED = "401 failed to verify jwt";
  private static final String KEY = "{\"key\":\"user-key\"}";
  private static final KeyPair RSA = Tokens.rsa(2048);
  private static final KeyPair SMALL_RSA = Tokens.rsa(1024);
  private static final KeyPair P256 = Tokens.ec("secp256r1");
  private static final KeyPair P384 = Tokens.ec("secp384r1");
  private static final KeyPair P521 = Tokens.ec("secp521r1");
  private static final KeyPair ED25519 = Tokens.edwards("Ed25519");
  private static final String LONG_SECRET = "0123456789abcdef".repeat(4);

  /** An algorithm, the settings of its key, and the key that signs. */
  record Way(String alg, String setting, String value, Key signer) {
    @Override
    public String toString() {
      return alg;
    }

    JwtFixture desk(Profile profile) {
      return new JwtFixture(profile).credential("algorithm", alg).credential(setting, value);
    }

    String sign(String header, String claims) {
      return Tokens.signed(alg, signer, header, claims);
    }

    String token() {
      return sign("{\"alg\":\"" + alg + "\"}", KEY);
    }
  }

  static Stream<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (String bits : List.of("256", "384", "512")) {
      ways.add(new Way("HS" + bits, "secret", LONG_SECRET, Tokens.secretKey(LONG_SECRET)));
      ways.add(asymmetric("RS" + bits, RSA));
      ways.add(asymmetric("PS" + bits, RSA));
    }
    ways.add(asymmetric("ES256", P256));
    ways.add(asymmetric("ES384", P384));
    ways.add(asymmetric("ES512", P521));
    ways.add(asymmetric("EdDSA", ED25519));
    return ways.stream();
  }

  private static Way asymmetric(String alg, KeyPair pair) {
    return new Way(alg, "public_key", Tokens.pem(pair.getPublic()), pair.getPrivate());
  }

  @Test
  void samples_coverAllAlgorithms() {
    assertEquals(13, ways().count());
    assertEquals(JwtAlgorithm.ids().stream().sorted().toList(), algs());
  }

  private static List<String> algs() {
    return ways().map(Way::alg).sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void token_ofEachAlgorithm_isProved(Way way) {
    for (Profile profile : Profile.values()) {
      assertEquals("ok", way.desk(profile).answer(way.token()));
    }
  }

  @Test
  void token_ofEd448_isProved() {
    Way way = asymmetric("EdDSA", Tokens.edwards("Ed448"));

    assertEquals("ok", way.desk(Profile.STRICT).answer(way.token()));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void signature_cutExtendedOrChanged_isRefused(Way way) {
    String token = way.token();
    int dot = token.lastIndexOf('.') + 1;
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot));
    List<byte[]> wrong = new ArrayList<>();
    for (int length : new int[] {0, 1, signature.length / 2, signature.length - 1}) {
      wrong.add(Arrays.copyOf(signature, length));
    }
    wrong.add(Arrays.copyOf(signature, signature.length + 1));
    wrong.add(new byte[signature.length]);
    for (int at : new int[] {0, signature.length / 2, signature.length - 1}) {
      byte[] changed = signature.clone();
      changed[at] ^= 1;
      wrong.add(changed);
    }
    JwtFixture desk = way.desk(Profile.STRICT);
    for (byte[] bytes : wrong) {
      assertEquals(REFUSED, desk.answer(token.substring(0, dot) + Tokens.part(bytes)));
    }
    assertEquals("ok", desk.answer(token));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void otherAlgorithm_isRefusedThoughTheKeySignedIt(Way way) {
    for (String other : algs()) {
      String token = way.sign("{\"alg\":\"" + other + "\"}", KEY);
      assertEquals(
          other.equals(way.alg()) ? "ok" : REFUSED, way.desk(Profile.STRICT).answer(token));
      assertEquals(other.equals(way.alg()) ? "ok" : REFUSED, way.desk(Profile.API7).answer(token));
    }
  }

  @Test
  void publicKeyUsedAsSecret_isRefused() {
    String pem = Tokens.pem(RSA.getPublic());
    for (String secret : List.of(pem, pem.strip(), pem.strip() + "\n")) {
      for (JwtFixture desk :
          List.of(
              asymmetric("RS256", RSA).desk(Profile.STRICT),
              asymmetric("RS256", RSA).desk(Profile.API7))) {
        assertEquals(REFUSED, desk.answer(Tokens.hs256(secret, KEY)));
      }
    }
  }

  @Test
  void keyInTheToken_isNeverUsed() {
    KeyPair stranger = Tokens.rsa(2048);
    String header =
        "{\"alg\":\"RS256\",\"kid\":\"../../dev/null\",\"jku\":\"http://127.0.0.1:1/\","
            + "\"x5u\":\"http://127.0.0.1:1/\",\"jwk\":{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\""
            + Tokens.part(((RSAPublicKey) stranger.getPublic()).getModulus().toByteArray())
            + "\"}}";
    JwtFixture desk = asymmetric("RS256", RSA).desk(Profile.STRICT);

    assertEquals(REFUSED, desk.answer(Tokens.signed("RS256", stranger.getPrivate(), header, KEY)));
    assertEquals("ok", desk.answer(Tokens.signed("RS256", RSA.getPrivate(), header, KEY)));
  }

  @Test
  void ellipticSignature_outsideItsRange_isNotAskedAbout() {
    JwtKey key =
        JwtCredential.of(asymmetric("ES256", P256).desk(Profile.STRICT).enrolled().valid().kept())
            .orElseThrow()
            .material()
            .orElseThrow();
    BigInteger order = ((ECPublicKey) P256.getPublic()).getParams().getOrder();
    byte[] one = raw(BigInteger.ONE, BigInteger.ONE);

    assertTrue(key.mayHaveMade(one));
    assertFalse(key.mayHaveMade(raw(BigInteger.ZERO, BigInteger.ONE)));
    assertFalse(key.mayHaveMade(raw(BigInteger.ONE, BigInteger.ZERO)));
    assertFalse(key.mayHaveMade(raw(order, BigInteger.ONE)));
    assertFalse(key.mayHaveMade(raw(BigInteger.ONE, order)));
    assertFalse(key.mayHaveMade(Arrays.copyOf(one, 63)));
    assertFalse(key.mayHaveMade(Arrays.copyOf(one, 65)));
  }

  private static byte[] raw(BigInteger r, BigInteger s) {
    byte[] raw = new byte[64];
    for (int i = 0; i < 32; i++) {
      raw[31 - i] = r.shiftRight(8 * i).byteValue();
      raw[63 - i] = s.shiftRight(8 * i).byteValue();
    }
    return raw;
  }

  @Test
  void weakKeys_areRefusedInStrictAndVerifyInApi7() {
    List<Way> weak =
        List.of(
            new Way("HS256", "secret", "my-secret-key", Tokens.secretKey("my-secret-key")),
            asymmetric("RS256", SMALL_RSA),
            asymmetric("PS256", SMALL_RSA));
    List<String> mistakes =
        List.of(
            "secret: must have at least 32 bytes for HS256",
            "public_key: must have at least 2048 bits, had 1024",
            "public_key: must have at least 2048 bits, had 1024");
    for (int i = 0; i < weak.size(); i++) {
      Way way = weak.get(i);
      JwtFixture api7 = way.desk(Profile.API7);
      assertEquals(List.of(mistakes.get(i)), way.desk(Profile.STRICT).enrolled().problems());
      assertEquals("ok", api7.answer(way.token()));
      assertEquals(REFUSED, api7.answer(way.token().replaceAll("[^.]*$", "AAAA")));
    }
  }

  @Test
  void weakKeyOfAStore_provesNothingInStrict() {
    Way way = new Way("HS256", "secret", "my-secret-key", Tokens.secretKey("my-secret-key"));
    PluginSettings stored = way.desk(Profile.API7).enrolled().valid().kept();

    assertEquals(
        REFUSED,
        JwtFixture.answer(JwtFixture.strict().ask(JwtFixture.bearer(way.token()), stored)));
  }

  @Test
  void vectorOfTheReference_verifiesInApi7() {
    JwtFixture desk = new JwtFixture(Profile.API7).credential("secret", "my-secret-key");
    String input =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9" + ".eyJrZXkiOiJ1c2VyLWtleSIsImV4cCI6MTg3OTMxODU0MX0";

    assertEquals("ok", desk.answer(input + ".fNtFJnNmJgzbiYmGB0Yjvm-l6A6M4jRV1l4mnVFSYjs"));
    assertEquals(REFUSED, desk.answer(input + "._kNmXeH1uYVAvApFTONk2Z3Gh-a4XfGrjmqd_ahoOI0"));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void secondLengthOfHmac_needsItsOwnSecretLength(Profile profile) {
    String secret = "x".repeat(63);
    Way way = new Way("HS512", "secret", secret, Tokens.secretKey(secret));

    assertEquals(
        profile == Profile.STRICT
            ? List.of("secret: must have at least 64 bytes for HS512")
            : List.of(),
        way.desk(profile).enrolled().problems());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "your-256-bit-secret",
        "a-string-secret-at-least-256-bits-long",
        "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long"
      })
  void publishedSecret_isRefusedInBothProfiles(String secret) {
    for (Profile profile : Profile.values()) {
      assertEquals(
          List.of("secret: is a published example that everybody knows"),
          new JwtFixture(profile).credential("secret", secret).enrolled().problems());
    }
  }

  @Test
  void publicKeyThatDoesNotFit_isAProblem() {
    assertUnfit("RS256", Tokens.pem(P256.getPublic()));
    assertUnfit("ES256", Tokens.pem(P384.getPublic()));
    assertUnfit("ES256", Tokens.pem(RSA.getPublic()));
    assertUnfit("EdDSA", Tokens.pem(P256.getPublic()));
    assertUnfit("RS256", "no PEM");
    assertUnfit("RS256", Tokens.pem(RSA.getPublic()).replace("PUBLIC", "PRIVATE"));
    assertUnfit("RS256", Tokens.pem(RSA.getPublic()).repeat(2));
    assertUnfit("RS256", Tokens.pem(RSA.getPublic()).replace("MII", "MI"));
  }

  private static void assertUnfit(String alg, String pem) {
    for (Profile profile : Profile.values()) {
      assertEquals(
          List.of(
              "public_key: must be a public key for " + alg + " in PEM (BEGIN PUBLIC KEY) or JWK"),
          new JwtFixture(profile)
              .credential("algorithm", alg)
              .credential("public_key", pem)
              .enrolled()
              .problems());
    }
  }

  @Test
  void examplesOfRfc7515_verifyAndHaveExpired() {
    String claims =
        ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290"
            + "Ijp0cnVlfQ.";
    assertExample(
        new JwtFixture(Profile.STRICT)
            .credential("base64_secret", true)
            .credential(
                "secret",
                "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1"
                    + "Z9CAow=="),
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + claims
            + "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assertExample(
        new JwtFixture(Profile.STRICT)
            .credential("algorithm", "RS256")
            .credential("public_key", Tokens.pem(Rfc7515.rsa())),
        "eyJhbGciOiJSUzI1NiJ9" + claims + Rfc7515.A2_SIGNATURE);
    assertExample(
        new JwtFixture(Profile.STRICT)
            .credential("algorithm", "ES256")
            .credential("public_key", Tokens.pem(Rfc7515.ec())),
        "eyJhbGciOiJFUzI1NiJ9" + claims + Rfc7515.A3_SIGNATURE);
  }

  /** Valid until 2011; a grace of a year does not reach that far, a clock set back does. */
  private static void assertExample(JwtFixture desk, String token) {
    desk.route("key_claim_name", "iss").known("joe");
    assertEquals(REFUSED, desk.answer(token));
    desk.at(1_300_819_379);
    assertEquals("ok", desk.answer(token));
    assertEquals(REFUSED, desk.at(1_300_819_380).answer(token));
    assertEquals("ok", desk.at(0).answer(token));
  }
}
