package dev.gatehouse.internal.runtime;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.runtime.ResponseTable.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the answers of hmac-auth and the APISIX test vectors, on a real server. */
class HmacAuthTableTest {
  private static final String DATE = "Fri, 06 Sep 2024 06:41:29 GMT";
  private static final String GENERIC = "client request can't be validated";
  private static final String CHALLENGE = " | hmac realm=\"hmac\"";
  private static final String REFUSED = "401 " + GENERIC + CHALLENGE;
  private static final String OTHER_SCHEME =
      "401 " + GENERIC + ": Authorization header does not start with 'Signature'" + CHALLENGE;
  private static final String BOTH = "@request-target date";
  private static final String GET = "john-key\nGET /get\ndate: " + DATE + "\n";
  private static final String POST = "john-key\nPOST /body\ndate: " + DATE + "\n";
  private static final String WORLD = "SHA-256=78qzJuLwSpZ8HacsTdFCQJWxzPMOf8bYctRk2ySLpS8=";

  private static ResponseTable table;

  @BeforeAll
  static void start(@TempDir Path documents) {
    table =
        new ResponseTable(
            documents,
            new TestClock(1725604889_000L),
            builder ->
                builder
                    .route(r -> r.uri("/get").uri("/post").plugin("hmac-auth", "{}"))
                    .route(
                        r ->
                            r.uri("/body")
                                .plugin(
                                    "hmac-auth",
                                    "{\"validate_request_body\":true,\"max_req_body_size\":17}"))
                    .route(
                        r ->
                            r.uri("/sha512")
                                .plugin("hmac-auth", "{\"allowed_algorithms\":[\"hmac-sha512\"]}"))
                    .route(
                        r ->
                            r.uri("/guest")
                                .plugin(
                                    "hmac-auth",
                                    "{\"anonymous_consumer\":\"guest\","
                                        + "\"validate_request_body\":true,\"max_req_body_size\":1}"))
                    .consumer(
                        "john",
                        c ->
                            c.credential(
                                "a",
                                "hmac-auth",
                                "{\"key_id\":\"john-key\",\"secret_key\":\"john-secret-key\"}"))
                    .consumer("guest", c -> c));
  }

  @AfterAll
  static void stop() {
    table.close();
  }

  static Stream<Object[]> rows() {
    String sha1 = vector("GET|/get", "hmac-sha1", "6vxalq1AJHDdsUhy/uqwhqPYTfI=");
    String sha256 =
        vector("GET|/get", "hmac-sha256", "j+feO3Wm5em0agp0A70FZErf6lrMDVs7zjQ9MxomPx0=");
    String sha512 =
        vector(
            "GET|/get",
            "hmac-sha512",
            "8k2FeWFnxSNRr8NYR8L/nVEv7WQ1uRt9ZgJD0s6Uc8c1RbcjIlg80K0AjXuuGPdTdVGlpJboZhJEyKs84oMF/g==");
    String post =
        vector(
            "POST|/post?a=1&b=%20x", "hmac-sha256", "cGXNL3MdHOXxii1kWmQxw9LefxXpqS3djCdsIZgxkTs=");
    return ResponseTable.inBothProfiles(
        List.of(
            Row.of(
                "1 no Authorization",
                "GET|/get",
                "401 " + GENERIC + ": missing Authorization header" + CHALLENGE),
            Row.of("2 another scheme", "GET|/get|Authorization: Basic eDp5", OTHER_SCHEME),
            Row.of("2 in small letters", "GET|/get|Authorization: signature a", OTHER_SCHEME),
            Row.of("2 longer", "GET|/get|Authorization: SignatureZ a=\"b\"", OTHER_SCHEME),
            sent("3 no keyId", "algorithm=\"hmac-sha256\",signature=\"eA==\"", DATE),
            sent("3 no signature", "keyId=\"john-key\",algorithm=\"hmac-sha256\"", DATE),
            sent("4 no algorithm", "keyId=\"john-key\",signature=\"eA==\"", DATE),
            Row.of("5 unknown key", signed("GET|/get", "nobody", BOTH, GET, DATE), REFUSED),
            Row.of(
                "6 algorithm not allowed",
                signed("GET|/sha512", "john-key", BOTH, GET, DATE),
                REFUSED),
            sent(
                "6 unknown algorithm",
                "keyId=\"john-key\",algorithm=\"x\",signature=\"eA==\"",
                DATE),
            Row.of("7 no date", signed("GET|/get", "john-key", BOTH, GET, ""), REFUSED),
            Row.of("8 no such date", signed("GET|/get", "john-key", BOTH, GET, "today"), REFUSED),
            Row.of(
                "9 too old",
                signed("GET|/get", "john-key", BOTH, GET, "Fri, 06 Sep 2024 06:36:28 GMT"),
                REFUSED),
            Row.of(
                "9 too new",
                signed("GET|/get", "john-key", BOTH, GET, "Fri, 06 Sep 2024 06:46:30 GMT"),
                REFUSED),
            Row.of(
                "10 date not in the list",
                signed("GET|/get", "john-key", "@request-target", GET, DATE),
                REFUSED),
            new Row(
                "10 target not in the list",
                signed("GET|/get", "john-key", "date", "john-key\ndate: " + DATE + "\n", DATE),
                REFUSED,
                "200 john"),
            Row.of("11 other path", sha256.replace("/get", "/post"), REFUSED),
            Row.of("11 other method", sha256.replace("GET|", "POST|"), REFUSED),
            new Row("vector, hmac-sha1", sha1, REFUSED, "200 john"),
            Row.of("vector, hmac-sha256", sha256, "200 john"),
            Row.of("vector, hmac-sha512", sha512, "200 john"),
            Row.of("vector, POST with a query", post, "200 john"),
            Row.of("12 no digest", digested("", "x"), REFUSED),
            Row.of(
                "13 body too large",
                digested(WORLD, "{\"name\": \"world\"} "),
                "413 request size 18 is greater than the maximum size 17 allowed"),
            Row.of("14 another body", digested(WORLD, "{\"name\": \"moon!\"}"), REFUSED),
            Row.of("digest right", digested(WORLD, "{\"name\": \"world\"}"), "200 john"),
            Row.of("anonymous, nothing", "GET|/guest", "200 guest"),
            new Row("anonymous, wrong", sha256.replace("/get", "/guest"), REFUSED, "200 guest"),
            Row.of(
                "13 not rescued by an anonymous consumer",
                digested(WORLD, "xx").replace("/body", "/guest"),
                "413 request size 2 is greater than the maximum size 1 allowed")));
  }

  private static String vector(String request, String algorithm, String signature) {
    return request
        + "|Date: "
        + DATE
        + "|Authorization: Signature keyId=\"john-key\",algorithm=\""
        + algorithm
        + "\",headers=\"@request-target date\",signature=\""
        + signature
        + '"';
  }

  private static Row sent(String situation, String parameters, String date) {
    return Row.of(
        situation, "GET|/get|Date: " + date + "|Authorization: Signature " + parameters, REFUSED);
  }

  private static String digested(String digest, String body) {
    String target = digest.equals(WORLD) && body.equals("xx") ? "/guest" : "/body";
    String list = digest.isEmpty() ? BOTH : BOTH + " digest";
    String text =
        POST.replace("/body", target) + (digest.isEmpty() ? "" : "digest: " + digest + "\n");
    String request = signed("POST|/body", "john-key", list, text, DATE);
    return request + (digest.isEmpty() ? "" : "|Digest: " + digest) + "|body=" + body;
  }

  private static String signed(
      String request, String keyId, String list, String text, String date) {
    return request
        + (date.isEmpty() ? "" : "|Date: " + date)
        + "|Authorization: Signature keyId=\""
        + keyId
        + "\",algorithm=\"hmac-sha256\",headers=\""
        + list
        + "\",signature=\""
        + hmac(text)
        + '"';
  }

  private static String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("john-secret-key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answers_areThoseOfApisix(Profile profile, Row row) {
    table.assertAnswer(profile, row);
  }
}
