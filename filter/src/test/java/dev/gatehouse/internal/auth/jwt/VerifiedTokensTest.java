package dev.gatehouse.internal.auth.jwt;

import static dev.gatehouse.internal.auth.jwt.JwtFixture.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A token that was verified before is checked again, except for its signature. */
class VerifiedTokensTest {
  private static final String REFUSED = "401 failed to verify jwt";
  private static final String GOOD = Tokens.hs256(JwtFixture.SECRET, claims(NOW + 60));

  private final JwtFixture desk = JwtFixture.strict();

  private static String claims(long exp) {
    return "{\"key\":\"user-key\",\"exp\":" + exp + "}";
  }

  @Test
  void token_thatWasVerified_isRememberedOnceAndAskedForItsCredentialEachTime() {
    for (int i = 0; i < 3; i++) {
      assertEquals("ok", desk.answer(GOOD));
    }
    assertEquals(1, desk.plugin.remembered());
    assertEquals(3, desk.asked.size(), "a credential that was switched off is not found");
  }

  @Test
  void token_thatWasRefused_isNotRemembered() {
    assertEquals(REFUSED, desk.answer(GOOD.substring(0, GOOD.length() - 3) + "AAA"));
    assertEquals(REFUSED, desk.answer(Tokens.hs256(JwtFixture.SECRET, claims(NOW))));
    assertEquals(0, desk.plugin.remembered());
  }

  @Test
  void rememberedToken_isRefusedFromItsExpOn() {
    assertEquals("ok", desk.at(NOW + 59).answer(GOOD));
    assertEquals(REFUSED, desk.at(NOW + 60).answer(GOOD));
  }

  @Test
  void rememberedToken_isRefusedBeforeItsNbf() {
    String later = Tokens.hs256(JwtFixture.SECRET, "{\"key\":\"user-key\",\"nbf\":" + NOW + "}");
    assertEquals("ok", desk.at(NOW + 1).answer(later));
    assertEquals(REFUSED, desk.at(NOW - 1).answer(later), "a clock may be set back");
  }

  @Test
  void rememberedToken_isRefusedAfterTheSecretChanged() {
    assertEquals("ok", desk.answer(GOOD));
    desk.credential("secret", "another test secret of 32 bytes or more");
    assertEquals(REFUSED, desk.answer(GOOD));
    desk.credential("secret", JwtFixture.SECRET);
    assertEquals("ok", desk.answer(GOOD), "positive control");
  }

  @Test
  void rememberedToken_isVerifiedAgainAndStaysGoodAfterAnotherSettingChanged() {
    assertEquals("ok", desk.answer(GOOD));
    desk.credential("lifetime_grace_period", 5);
    assertEquals("ok", desk.answer(GOOD));
    desk.credential("lifetime_grace_period", 0);
    assertEquals("ok", desk.answer(GOOD));
  }

  @Test
  void rememberedToken_isRefusedAfterTheAudienceChanged() {
    assertEquals("ok", desk.answer(GOOD));
    desk.credential("audience", "orders");
    assertEquals(REFUSED, desk.answer(GOOD));
  }

  @Test
  void rememberedToken_isUnknownOnceItsCredentialIsGone() {
    assertEquals("ok", desk.answer(GOOD));
    assertEquals(REFUSED, desk.known("other").answer(GOOD));
  }

  @Test
  void rememberedToken_isCheckedByTheRouteThatIsAsked() {
    String endless = Tokens.hs256(JwtFixture.SECRET, "{\"key\":\"user-key\"}");
    assertEquals("ok", desk.answer(endless));
    assertEquals(REFUSED, desk.route("claims_to_verify", java.util.List.of("exp")).answer(endless));
  }

  @Test
  void publicKeys_areRememberedToo() {
    KeyPair pair = Tokens.ec("secp256r1");
    JwtFixture es256 =
        new JwtFixture(dev.gatehouse.Profile.STRICT)
            .credential("algorithm", "ES256")
            .credential("public_key", Tokens.pem(pair.getPublic()));
    String token =
        Tokens.signed("ES256", pair.getPrivate(), "{\"alg\":\"ES256\"}", claims(NOW + 60));
    assertEquals("ok", es256.answer(token));
    assertEquals("ok", es256.answer(token));
    assertEquals(1, es256.plugin.remembered());
  }

  @Test
  void memory_isBoundedByTheTokensLength() {
    VerifiedTokens few = new VerifiedTokens(new SecureRandom(), 10L * GOOD.length());
    JwtCredential any = JwtCredential.of(desk.enrolled().valid().kept()).orElseThrow();
    JwtKey material = any.material().orElseThrow();
    for (int i = 0; i < 1000; i++) {
      VerifiedTokens.Presented presented =
          few.read(Tokens.hs256(JwtFixture.SECRET, claims(NOW + 60 + i)));
      few.add(
          java.util.Objects.requireNonNull(presented),
          any,
          material,
          desk.enrolled().valid().kept());
    }
    assertTrue(few.size() <= 10, () -> few.size() + " are remembered");
  }

  @Test
  void rememberedToken_isNotPrinted() {
    VerifiedTokens tokens = new VerifiedTokens(new SecureRandom(), 10_000);
    String text = tokens.read(GOOD) + " " + Map.of("x", JwtToken.read(GOOD) + "");
    assertFalse(text.contains("user-key"), text);
    assertFalse(text.contains(GOOD.substring(0, 10)), text);
  }
}
