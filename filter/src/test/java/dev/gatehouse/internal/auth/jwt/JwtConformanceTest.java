package dev.gatehouse.internal.auth.jwt;

import static dev.gatehouse.internal.auth.jwt.JwtFixture.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.FakeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the answers of jwt-auth in both profiles. */
class JwtConformanceTest {
  private static final String MISSING = "401 Missing JWT token in request";
  private static final String INVALID = "401 JWT token invalid";
  private static final String NO_KEY = "401 missing user key in JWT token";
  private static final String UNKNOWN = "401 Invalid user key in JWT token";
  private static final String REFUSED = "401 failed to verify jwt";
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final String KEY = "{\"key\":\"user-key\"}";

  record Row(String situation, FakeRequest request, String answer) {
    @Override
    public String toString() {
      return situation;
    }
  }

  static Stream<Object[]> rows() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(places());
    rows.addAll(shapes());
    rows.addAll(proofs());
    return rows.stream()
        .flatMap(row -> Stream.of(Profile.values()).map(profile -> new Object[] {profile, row}));
  }

  /** The strict profile does not reveal which keys exist. */
  private static String answer(Profile profile, Row row) {
    return profile == Profile.STRICT && row.answer.equals(UNKNOWN) ? REFUSED : row.answer;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void authenticate_answersAsApisix(Profile profile, Row row) {
    JwtFixture desk = new JwtFixture(profile).credential("secret", JwtFixture.SECRET);

    assertEquals(answer(profile, row), desk.answer(row.request()));
  }

  private static List<Row> places() {
    String good = Tokens.hs256(JwtFixture.SECRET, KEY);
    FakeRequest nothing = FakeRequest.get("/");
    return List.of(
        new Row("nothing anywhere", nothing, MISSING),
        new Row("other places", FakeRequest.get("/?token=" + good).cookie("x", good), MISSING),
        new Row("Bearer", header("Bearer " + good), "ok"),
        new Row("bearer", header("bearer " + good), "ok"),
        new Row("bare", header(good), "ok"),
        new Row("query", FakeRequest.get("/?jwt=" + good), "ok"),
        new Row("cookie", FakeRequest.get("/").cookie("jwt", good), "ok"),
        new Row("BEARER", header("BEARER " + good), INVALID),
        new Row("two spaces", header("Bearer  " + good), INVALID),
        new Row("no space", header("Bearer" + good), INVALID),
        new Row("Basic", header("Basic Zm9vOmJhcg=="), INVALID),
        new Row("empty header", header(""), INVALID),
        new Row("empty query", FakeRequest.get("/?jwt="), INVALID),
        new Row("query twice", FakeRequest.get("/?jwt=" + good + "&jwt=" + good), INVALID),
        new Row("header twice", header(good).header("authorization", good), INVALID),
        new Row("empty cookie", FakeRequest.get("/").cookie("jwt", ""), INVALID));
  }

  private static List<Row> shapes() {
    String header = Tokens.part(HEADER);
    return List.of(
        token("one part", "abc", INVALID),
        token("two parts", header + "." + Tokens.part(KEY), INVALID),
        token("JWE, four parts", "a.b.c.d", INVALID),
        token("JWE, five parts", header + ".a.b.c.d", INVALID),
        token("header no base64", "?." + Tokens.part(KEY) + ".AA", INVALID),
        token("header no JSON", "AAAA." + Tokens.part(KEY) + ".AA", INVALID),
        token("payload no base64", header + ".?.AA", INVALID),
        token("payload no JSON", header + "." + Tokens.part("{") + ".AA", INVALID),
        token("payload a number", signed(HEADER, "1"), INVALID),
        token("payload a list", signed(HEADER, "[\"user-key\"]"), INVALID),
        token("no key claim", signed(HEADER, "{}"), NO_KEY),
        token("other key claim", signed(HEADER, "{\"Key\":\"user-key\"}"), NO_KEY),
        token("unknown key", signed(HEADER, "{\"key\":\"other\"}"), UNKNOWN),
        token("empty key", signed(HEADER, "{\"key\":\"\"}"), UNKNOWN),
        token("key a number", signed(HEADER, "{\"key\":1}"), UNKNOWN),
        token("key a list", signed(HEADER, "{\"key\":[\"user-key\"]}"), UNKNOWN),
        token("key null", signed(HEADER, "{\"key\":null}"), UNKNOWN));
  }

  private static List<Row> proofs() {
    String input = Tokens.part(HEADER) + "." + Tokens.part(KEY);
    return List.of(
        token(
            "alg none", Tokens.part("{\"alg\":\"none\"}") + "." + Tokens.part(KEY) + ".", REFUSED),
        token("alg other", signed("{\"alg\":\"HS384\"}", KEY), REFUSED),
        token("alg in small", signed("{\"alg\":\"hs256\"}", KEY), REFUSED),
        token("alg absent", signed("{}", KEY), REFUSED),
        token("alg a list", signed("{\"alg\":[\"HS256\"]}", KEY), REFUSED),
        token("wrong secret", Tokens.hs256(JwtFixture.SECRET + "!", KEY), REFUSED),
        token("empty signature", input + ".", REFUSED),
        token("malformed signature", input + ".?", REFUSED),
        token("short signature", input + ".AAAA", REFUSED),
        claims("exp = now", "\"exp\":" + NOW, REFUSED),
        claims("exp = now + 1", "\"exp\":" + (NOW + 1), "ok"),
        claims("nbf = now", "\"nbf\":" + NOW, "ok"),
        claims("nbf = now - 1", "\"nbf\":" + (NOW - 1), "ok"),
        claims("exp a text", "\"exp\":\"" + (NOW + 9) + '"', REFUSED),
        claims("nbf a text", "\"nbf\":\"1\"", REFUSED),
        claims("others not looked at", "\"iss\":1,\"aud\":2,\"sub\":[]", "ok"));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void vectorWithBase64Secret_verifies(Profile profile) {
    JwtFixture desk =
        new JwtFixture(profile)
            .credential("base64_secret", true)
            .credential("secret", "fo4XKdZ1xSrIZyms4q2BwPrW5lMpls9qqy5tiAk2esc=");

    assertEquals(
        "ok",
        desk.answer(
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
                + ".eyJrZXkiOiJ1c2VyLWtleSIsImV4cCI6MTg3OTMxODU0MX0"
                + "._kNmXeH1uYVAvApFTONk2Z3Gh-a4XfGrjmqd_ahoOI0"));
  }

  private static Row token(String situation, String token, String answer) {
    return new Row(situation, JwtFixture.bearer(token), answer);
  }

  private static Row claims(String situation, String members, String answer) {
    return token(situation, signed(HEADER, "{\"key\":\"user-key\"," + members + "}"), answer);
  }

  private static String signed(String header, String claims) {
    return Tokens.signed("HS256", Tokens.secretKey(JwtFixture.SECRET), header, claims);
  }

  private static FakeRequest header(String value) {
    return FakeRequest.get("/").header("Authorization", value);
  }
}
