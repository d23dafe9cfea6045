package dev.gatehouse.internal.auth.hmac;

import static dev.gatehouse.internal.auth.hmac.HmacFixture.DATE;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.SECOND;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.authorization;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A signature holds for the bytes and the method that came, and for nothing that resembles them.
 */
final class SignedBytesTest {
  private static final String NAME = "Andr\u00e9";

  /** As servers give a field that came in UTF-8. */
  private static final String UTF8 =
      new String(NAME.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

  private static final Map<String, Object> DRAFT =
      Map.of("signature_format", "cavage", "signed_headers", List.of("date"));
  private static final Map<String, Object> RFC =
      Map.of("signature_format", "rfc9421", "signed_headers", List.of("x-a"));

  private static FakeRequest apisix(String method, String sent) {
    String signed = "john-key\nGET /get\ndate: " + DATE + "\nx-a: " + NAME + "\n";
    return FakeRequest.get("/get")
        .method(method)
        .header("Date", DATE)
        .header("X-A", sent)
        .header("Authorization", authorization("hmac-sha256", "@request-target date x-a", signed));
  }

  private static FakeRequest draft(String method, String sent) {
    String signed = "(request-target): get /get\ndate: " + DATE + "\nx-a: " + NAME;
    return FakeRequest.get("/get")
        .method(method)
        .header("Date", DATE)
        .header("X-A", sent)
        .header("Authorization", authorization("hmac-sha256", "(request-target) date x-a", signed));
  }

  private static FakeRequest rfc(String method, String sent) {
    String input = "(\"@method\" \"x-a\");created=" + SECOND + ";keyid=\"john-key\"";
    String signed = "\"@method\": GET\n\"x-a\": " + NAME + "\n\"@signature-params\": " + input;
    String signature = HmacFixture.sign("hmac-sha256", HmacFixture.SECRET, signed);
    return FakeRequest.get("/get")
        .method(method)
        .header("X-A", sent)
        .header("Signature-Input", "s=" + input)
        .header("Signature", "s=:" + signature + ":");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void headerSignedInUtf8_butSentInLatin1_isRefused(Profile profile) {
    HmacFixture john = new HmacFixture(profile);
    assertEquals("john", john.answer(Map.of(), apisix("GET", UTF8)));
    assertEquals("john", john.answer(DRAFT, draft("GET", UTF8)));
    assertEquals("john", john.answer(RFC, rfc("GET", UTF8)));

    for (String other : List.of(NAME, "Andr\u20ac", "Andr?")) {
      assertNotEquals("john", john.answer(Map.of(), apisix("GET", other)));
      assertNotEquals("john", john.answer(DRAFT, draft("GET", other)));
      assertNotEquals("john", john.answer(RFC, rfc("GET", other)));
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void methodSignedInUpperCase_butSentInLowerCase_isRefused(Profile profile) {
    HmacFixture john = new HmacFixture(profile);
    for (String method : List.of("get", "Get", "gEt")) {
      assertNotEquals("john", john.answer(Map.of(), apisix(method, UTF8)));
      assertNotEquals("john", john.answer(DRAFT, draft(method, UTF8)));
      assertNotEquals("john", john.answer(RFC, rfc(method, UTF8)));
    }
  }
}
