package dev.gatehouse.internal.auth.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.internal.http.StrictBase64;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class JwtProperties {
  private static final Set<String> ANSWERS =
      Set.of(
          "401 JWT token invalid",
          "401 missing user key in JWT token",
          "401 Invalid user key in JWT token",
          "401 failed to verify jwt");
  private static final String GOOD =
      Tokens.hs256(JwtFixture.SECRET, "{\"key\":\"user-key\",\"exp\":1900000000}");

  private final JwtFixture desk = JwtFixture.strict();

  @Property
  void anyText_hasADeclaredAnswer(@ForAll String text) {
    answered(text);
  }

  @Property
  void anyHeaderAndPayload_haveADeclaredAnswer(
      @ForAll("almostJson") String header, @ForAll("almostJson") String payload) {
    answered(Tokens.part(header) + "." + Tokens.part(payload) + ".AAAA");
    desk.answer(
        Tokens.signed(
            "HS256", Tokens.secretKey(JwtFixture.SECRET), "{\"alg\":\"HS256\"}", payload));
  }

  @Property
  void anyOtherCharacterAnywhere_spoilsTheToken(
      @ForAll @IntRange(min = 0, max = 4095) int place, @ForAll char c) {
    int at = place % GOOD.length();
    String changed = GOOD.substring(0, at) + c + GOOD.substring(at + 1);

    assertEquals(changed.equals(GOOD), desk.answer(changed).equals("ok"));
  }

  @Property
  void base64Url_isTheJdksWithoutItsLeniency(@ForAll byte[] bytes, @ForAll("digits") String text) {
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    assertEquals(hex(bytes), hex(StrictBase64.decodeUrl(encoded)));
    byte[] read = StrictBase64.decodeUrl(text);
    if (read != null) {
      assertEquals(text, Base64.getUrlEncoder().withoutPadding().encodeToString(read));
    }
  }

  @Provide
  Arbitrary<String> digits() {
    return Arbitraries.strings()
        .withChars("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ")
        .ofMaxLength(9);
  }

  @Provide
  Arbitrary<String> almostJson() {
    Arbitrary<String> scraps =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u00",
            "alg",
            "\"alg\"",
            "\"HS256\"",
            "\"key\"",
            "\"user-key\"",
            "\"exp\"",
            "1",
            "-",
            ".",
            "e9",
            "null",
            "true",
            " ",
            "é",
            "\ud800",
            "\u0000");
    Arbitrary<String> members =
        Combinators.combine(
                Arbitraries.of("alg", "key", "exp", "nbf", "iat", "crit", "zip"),
                Arbitraries.of("\"HS256\"", "\"user-key\"", "1", "1e99", "[]", "{}", "null", "x"))
            .as((name, value) -> "\"" + name + "\":" + value);
    return Arbitraries.oneOf(
        scraps.list().ofMaxSize(12).map(list -> String.join("", list)),
        members.list().ofMaxSize(4).map(list -> "{" + String.join(",", list) + "}"));
  }

  private static String hex(byte @Nullable [] bytes) {
    return bytes == null ? "none" : HexFormat.of().formatHex(bytes);
  }

  private void answered(String text) {
    for (FakeRequest request :
        new FakeRequest[] {JwtFixture.bearer(text), FakeRequest.get("/").cookie("jwt", text)}) {
      String answer = desk.answer(request);
      assertTrue(ANSWERS.contains(answer), answer);
    }
  }
}
