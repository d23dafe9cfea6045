package dev.gatehouse.internal.auth.hmac;

import static dev.gatehouse.internal.auth.hmac.HmacFixture.DATE;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.SECOND;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.SECRET;
import static dev.gatehouse.internal.auth.hmac.HmacFixture.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.FakeRequest;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomitribe.auth.signatures.Algorithm;
import org.tomitribe.auth.signatures.Signature;
import org.tomitribe.auth.signatures.Signer;
import org.tomitribe.auth.signatures.SigningAlgorithm;

/** draft-cavage-http-signatures-12, signed by hand and by an independent signer. */
class CavageFormatTest {
  private static final String GENERIC = "401 client request can't be validated ";
  private static final Map<String, Object> CAVAGE = Map.of("signature_format", "cavage");
  private static final String NOW = "created=" + SECOND + ",";

  private final HmacFixture john = new HmacFixture(Profile.STRICT);

  @Test
  void signature_ofAnIndependentSigner_isAccepted() throws Exception {
    Signature template =
        new Signature(
            "john-key",
            SigningAlgorithm.HMAC_SHA256,
            Algorithm.HMAC_SHA256,
            null,
            null,
            List.of("(request-target)", "date", "host"));

    assertEquals("john", john.answer(CAVAGE, posted().header("Authorization", signed(template))));
  }

  /** The signer takes the moment from its own clock, so ours is turned to what it wrote. */
  @ParameterizedTest
  @ValueSource(strings = {"hmac-sha256", "hmac-sha512"})
  void signature_ofAnIndependentSignerWithCreation_isAccepted(String name) throws Exception {
    Signature template =
        new Signature(
            "john-key",
            SigningAlgorithm.HS2019,
            Algorithm.get(name),
            null,
            null,
            List.of("(request-target)", "(created)", "(expires)", "host"),
            60_000L,
            null,
            null);
    String authorization = signed(template);
    Matcher created = Pattern.compile("created=([0-9]+)").matcher(authorization);
    assertTrue(created.find(), authorization);
    john.clock.advance(Duration.ofSeconds(Long.parseLong(created.group(1)) - SECOND));
    FakeRequest request = posted().header("Authorization", authorization);

    assertEquals("john", john.answer(CAVAGE, request));
    john.clock.advance(Duration.ofSeconds(62));
    assertEquals(GENERIC + "(expired)", john.answer(CAVAGE, request));
  }

  /** Returns what the signer writes for the request of {@link #posted()}. */
  private static String signed(Signature template) throws Exception {
    Key key = new SecretKeySpec(SECRET.getBytes(UTF_8), template.getAlgorithm().getJvmName());
    Map<String, String> headers = Map.of("Host", "shop.example", "Date", DATE);
    return new Signer(key, template).sign("POST", "/a%20b?x=%20y", headers).toString();
  }

  private static FakeRequest posted() {
    return FakeRequest.get("/a%20b?x=%20y")
        .method("POST")
        .header("Host", "shop.example")
        .header("Date", DATE);
  }

  @Test
  void signedCreation_needsNoDate() {
    assertEquals("john", answer(NOW, "(request-target) (created)", "get /get", "" + SECOND));
    assertEquals(
        "john",
        john.answer(
            Map.of("signature_format", "cavage", "signed_headers", List.of()),
            FakeRequest.get("/get")
                .header("Authorization", noList(NOW, sign256("(created): " + SECOND)))));
  }

  @Test
  void unsignedTime_isRefused() {
    assertEquals(
        GENERIC + "(neither creation nor date is signed)",
        answer(NOW, "(request-target)", "get /get"));
    assertEquals(
        GENERIC + "(neither creation nor date is signed)",
        answer("", "(request-target)", "get /get"));
  }

  @ParameterizedTest
  @CsvSource({
    "-301,Clock skew exceeded",
    "-300,",
    "0,",
    "300,",
    "301,created in the future",
  })
  void creation_atTheEdgesOfTheSkew_isInclusive(long away, String reason) {
    String created = String.valueOf(SECOND + away);
    assertEquals(
        reason == null ? "john" : GENERIC + "(" + reason + ")",
        answer("created=" + created + ",", "(request-target) (created)", "get /get", created));
  }

  @ParameterizedTest
  @CsvSource({
    "-1,expired",
    "0,",
    "0.5,",
    "100,",
  })
  void expiredSignature_isRefused(String away, String reason) {
    String expires =
        SECOND + Long.parseLong(away.replace(".5", "")) + away.replaceAll("^[^.]*", "");
    assertEquals(
        reason == null ? "john" : GENERIC + "(" + reason + ")",
        answer(
            NOW + "expires=" + expires + ",",
            "(request-target) (created) (expires)",
            "get /get",
            "" + SECOND,
            expires));
  }

  @ParameterizedTest
  @ValueSource(strings = {"now", "1.5", "-1", "1234567890123456", "\"\u0661\""})
  void malformedCreation_isRefused(String created) {
    assertEquals(
        GENERIC + "(created or expires is no time)",
        answer("created=" + created + ",", "(request-target) (created)", "get /get", created));
  }

  @Test
  void unsignedDate_isIgnored() {
    String lines = "(request-target): get /get";
    FakeRequest request =
        FakeRequest.get("/get")
            .header("Date", DATE)
            .header("Authorization", written("", "(request-target)", sign256(lines)));

    assertEquals(GENERIC + "(neither creation nor date is signed)", john.answer(CAVAGE, request));
  }

  @Test
  void replay_afterAnotherRequest_isStillRefused() {
    Map<String, Object> once = Map.of("signature_format", "cavage", "replay_protection", true);
    FakeRequest first = FakeRequest.get("/get").header("Authorization", at(SECOND));
    FakeRequest second = FakeRequest.get("/get").header("Authorization", at(SECOND + 1));

    assertEquals("john", john.answer(once, first));
    john.clock.advance(Duration.ofSeconds(1));
    assertEquals("john", john.answer(once, second));
    assertEquals(GENERIC + "(signature used before)", john.answer(once, first));
  }

  private static String at(long second) {
    return written(
        "created=" + second + ",",
        "(request-target) (created)",
        sign256("(request-target): get /get\n(created): " + second));
  }

  @Test
  void target_isRequiredByDefault() {
    assertEquals(
        GENERIC + "(expected header \"(request-target)\" missing in signing)",
        answer(NOW, "(created)", "" + SECOND));
  }

  @Test
  void otherMethodPathQueryOrSecret_isRefused() {
    for (String line : List.of("post /get", "get /gett", "get /get?a=b", "GET /get")) {
      assertEquals(
          GENERIC + "(Invalid signature)",
          answer(NOW, "(request-target) (created)", line, "" + SECOND));
    }
  }

  @Test
  void list_emptyRepeatedOrAbsent_isRefused() {
    String reason = GENERIC + "(a listed name is repeated, absent, or not for this algorithm)";
    assertEquals(
        reason, answer(NOW, "(request-target) (created) (created)", "get /get", "" + SECOND));
    assertEquals(
        reason, answer(NOW, "(request-target) (created) x-a", "get /get", "" + SECOND, ""));
    assertEquals(GENERIC + "(neither creation nor date is signed)", answer(NOW, "", new String[0]));
  }

  @Test
  void header_repeated_isRefused() {
    String lines = "(request-target): get /get\n(created): " + SECOND + "\nx-a: 1, 2";
    FakeRequest request =
        FakeRequest.get("/get")
            .header("X-A", "1")
            .header("X-A", "2")
            .header(
                "Authorization", written(NOW, "(request-target) (created) x-a", sign256(lines)));

    assertTrue(john.answer(CAVAGE, request).endsWith("not for this algorithm)"));
  }

  @Test
  void algorithm_namedAfterTheHash_doesNotSignCreation() {
    String lines = "(request-target): get /get\n(created): " + SECOND;
    FakeRequest request =
        FakeRequest.get("/get")
            .header(
                "Authorization",
                written(
                    "algorithm=\"hmac-sha256\"," + NOW,
                    "(request-target) (created)",
                    sign256(lines)));

    assertTrue(john.answer(CAVAGE, request).endsWith("not for this algorithm)"));
  }

  @Test
  void algorithm_notAllowed_isRefused() {
    Map<String, Object> only512 =
        Map.of("signature_format", "cavage", "allowed_algorithms", List.of("hmac-sha512"));
    FakeRequest request =
        FakeRequest.get("/get")
            .header(
                "Authorization",
                written(
                    NOW,
                    "(request-target) (created)",
                    sign256("(request-target): get /get\n(created): " + SECOND)));

    assertEquals(GENERIC + "(Invalid algorithm)", john.answer(only512, request));
    assertEquals("john", john.answer(CAVAGE, request));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void digest_mustBeSignedInBothProfiles(Profile profile) {
    HmacFixture fixture = new HmacFixture(profile);
    Map<String, Object> body = Map.of("signature_format", "cavage", "validate_request_body", true);
    String digest = "SHA-256=78qzJuLwSpZ8HacsTdFCQJWxzPMOf8bYctRk2ySLpS8=";
    String lines = "(request-target): get /get\n(created): " + SECOND;

    FakeRequest unsigned =
        FakeRequest.get("/get")
            .body("{\"name\": \"world\"}")
            .header("Digest", digest)
            .header("Authorization", written(NOW, "(request-target) (created)", sign256(lines)));
    assertEquals(
        GENERIC + "(expected header \"digest\" missing in signing)",
        fixture.answer(body, unsigned));

    for (String content : List.of("{\"name\": \"world\"}", "{\"name\": \"moon\"}")) {
      FakeRequest signed =
          FakeRequest.get("/get")
              .body(content)
              .header("Digest", digest)
              .header(
                  "Authorization",
                  written(
                      NOW,
                      "(request-target) (created) digest",
                      sign256(lines + "\ndigest: " + digest)));
      assertEquals(
          content.contains("world") ? "john" : GENERIC + "(Invalid digest)",
          fixture.answer(body, signed));
    }
  }

  @Test
  void replay_isRefusedUntilTheSignatureEnds() {
    Map<String, Object> once = Map.of("signature_format", "cavage", "replay_protection", true);
    FakeRequest request =
        FakeRequest.get("/get")
            .header(
                "Authorization",
                written(
                    NOW,
                    "(request-target) (created)",
                    sign256("(request-target): get /get\n(created): " + SECOND)));

    assertEquals("john", john.answer(once, request));
    assertEquals(GENERIC + "(signature used before)", john.answer(once, request));
    john.clock.advance(Duration.ofMinutes(5));
    assertEquals(GENERIC + "(signature used before)", john.answer(once, request));
    john.clock.advance(Duration.ofSeconds(1));
    assertEquals(GENERIC + "(Clock skew exceeded)", john.answer(once, request));
  }

  /** Asks with a signature over lines of these names and values. */
  private String answer(String parameters, String names, String... values) {
    StringBuilder lines = new StringBuilder();
    String[] each = names.split(" ", -1);
    for (int i = 0; i < values.length; i++) {
      lines.append(i == 0 ? "" : "\n").append(each[i]).append(": ").append(values[i]);
    }
    return john.answer(
        CAVAGE,
        FakeRequest.get("/get")
            .header("Authorization", written(parameters, names, sign256(lines.toString()))));
  }

  private static String sign256(String lines) {
    return sign("hmac-sha256", SECRET, lines);
  }

  private static String written(String parameters, String names, String signature) {
    return "Signature keyId=\"john-key\","
        + parameters
        + "headers=\""
        + names
        + "\",signature=\""
        + signature
        + '"';
  }

  private static String noList(String parameters, String signature) {
    return "Signature keyId=\"john-key\"," + parameters + "signature=\"" + signature + '"';
  }
}
