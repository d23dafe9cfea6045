package dev.gatehouse.internal.auth.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.Profile;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWebKeyTest {
  /** The public part of the key of RFC 7515 appendix A.3. */
  private static final String P256 =
      "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
          + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";

  @Test
  void ellipticKey_verifiesTheExampleOfRfc7515() {
    String token =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
            + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
            + Rfc7515.A3_SIGNATURE;

    assertEquals(
        "ok", desk("ES256", P256).route("key_claim_name", "iss").known("joe").at(0).answer(token));
  }

  @Test
  void rsaKey_verifies() {
    KeyPair pair = Tokens.rsa(2048);
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    String jwk =
        "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"PS256\",\"kid\":\"1\",\"e\":\"AQAB\",\"n\":\""
            + Tokens.part(key.getModulus().toByteArray())
            + "\"}";

    assertEquals("ok", desk("PS256", jwk).answer(token("PS256", pair)));
    assertEquals(1, desk("RS256", jwk).enrolled().problems().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "Ed448"})
  void edwardsKey_verifies(String curve) {
    KeyPair pair = Tokens.edwards(curve);
    byte[] info = pair.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(info, 12, info.length);
    String jwk = "{\"kty\":\"OKP\",\"crv\":\"" + curve + "\",\"x\":\"" + Tokens.part(point) + "\"}";

    assertEquals("ok", desk("EdDSA", jwk).answer(token("EdDSA", pair)));
  }

  @Test
  void key_thatIsNoneForTheAlgorithm_isAProblemThatShowsNothing() {
    for (String wrong :
        List.of(
            "{}",
            "{",
            P256.replace("\"EC\"", "\"RSA\""),
            P256.replace("P-256", "P-384"),
            P256.replace("x_F", "="),
            P256.replace("\"y\":", "\"z\":"),
            P256.replace("}", ",\"use\":\"enc\"}"),
            P256.replace("}", ",\"alg\":\"ES384\"}"),
            P256.replace("}", ",\"d\":\"AQAB\"}"),
            P256.replace("}", ",\"kty\":\"EC\"}"))) {
      assertEquals(
          List.of("public_key: must be a public key for ES256 in PEM (BEGIN PUBLIC KEY) or JWK"),
          desk("ES256", wrong).enrolled().problems(),
          wrong);
    }
    assertEquals(List.of(), desk("ES256", P256).enrolled().problems());
    assertEquals(1, desk("ES384", P256).enrolled().problems().size());
    assertEquals(1, desk("EdDSA", P256).enrolled().problems().size());
  }

  private static JwtFixture desk(String alg, String jwk) {
    return new JwtFixture(Profile.STRICT)
        .credential("algorithm", alg)
        .credential("public_key", jwk);
  }

  private static String token(String alg, KeyPair pair) {
    return Tokens.signed(
        alg, pair.getPrivate(), "{\"alg\":\"" + alg + "\"}", "{\"key\":\"user-key\"}");
  }
}
