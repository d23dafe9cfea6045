package dev.gatehouse.internal.runtime;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.runtime.ResponseTable.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the answers of basic-auth and the examples of RFC 7617, on a real server.
 *
 * <p>Where APISIX deviates from RFC 7617, the table has the answer of the RFC, in both profiles.
 */
class BasicAuthTableTest {
  private static final String CHALLENGE = " | Basic realm=\"basic\", charset=\"UTF-8\"";
  private static final String MISSING = "401 Missing authorization in request" + CHALLENGE;
  private static final String MALFORMED = "401 Invalid authorization in request" + CHALLENGE;
  private static final String WRONG = "401 Invalid user authorization" + CHALLENGE;

  private static ResponseTable table;

  @BeforeAll
  static void start(@TempDir Path documents) {
    table =
        new ResponseTable(
            documents,
            new TestClock(),
            builder ->
                builder
                    .route(r -> r.uri("/basic").plugin("basic-auth", "{}"))
                    .route(
                        r ->
                            r.uri("/guest")
                                .plugin("basic-auth", "{\"anonymous_consumer\":\"guest\"}"))
                    .consumer(
                        "acme",
                        c ->
                            c.credential("a", "basic-auth", login("Aladdin", "open sesame"))
                                .credential("b", "basic-auth", login("test", "123\u00a3"))
                                .credential("c", "basic-auth", login("colon", "pa:ss"))
                                .credential("d", "basic-auth", login("short", "pa"))
                                .credential("e", "basic-auth", login("blank", " ")))
                    .consumer("guest", c -> c));
  }

  private static String login(String user, String password) {
    return "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}";
  }

  @AfterAll
  static void stop() {
    table.close();
  }

  static Stream<Object[]> rows() {
    return ResponseTable.inBothProfiles(
        List.of(
            Row.of("no Authorization", "GET|/basic", MISSING),
            sent("RFC 7617 section 2", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "200 acme"),
            sent("RFC 7617 section 2.1, UTF-8", "Basic dGVzdDoxMjPCow==", "200 acme"),
            sent("the same in ISO 8859-1", "Basic dGVzdDoxMjOj", MALFORMED),
            sent("scheme in capitals", "BASIC QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "200 acme"),
            sent("unknown user", basic("nobody:open sesame"), WRONG),
            sent("wrong password", basic("Aladdin:open"), WRONG),
            sent("user in other case", basic("aladdin:open sesame"), WRONG),
            sent("another scheme", "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==", MALFORMED),
            sent("quirk: text before the scheme", "x" + basic("Aladdin:open sesame"), MALFORMED),
            sent("quirk: a scheme before it", "Bearer " + basic("Aladdin:open sesame"), MALFORMED),
            sent("no blank", "BasicQWxhZGRpbjpvcGVuIHNlc2FtZQ==", MALFORMED),
            sent("scheme alone", "Basic", MALFORMED),
            sent("undecodable", "Basic ????", MALFORMED),
            sent("padding left out", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ", "200 acme"),
            sent("no colon", basic("Aladdin"), MALFORMED),
            sent("empty user", basic(":open sesame"), MALFORMED),
            sent("empty password", basic("Aladdin:"), MALFORMED),
            sent("password with a colon", basic("colon:pa:ss"), "200 acme"),
            sent("quirk: cut at its colon", basic("short:pa:ss"), WRONG),
            sent("quirk: blanks deleted", basic("Aladdin:opensesame"), WRONG),
            sent("quirk: blanks added", basic("Aladdin:open ses ame"), WRONG),
            sent("password of one blank", basic("blank: "), "200 acme"),
            Row.of("given twice", "GET|/basic|Authorization: x|Authorization: x", MALFORMED),
            Row.of("anonymous, nothing", "GET|/guest", "200 guest"),
            new Row(
                "anonymous, wrong",
                "GET|/guest|Authorization: " + basic("Aladdin:open"),
                WRONG,
                "200 guest"),
            new Row(
                "anonymous, malformed",
                "GET|/guest|Authorization: Basic ????",
                MALFORMED,
                "200 guest")));
  }

  private static Row sent(String situation, String authorization, String answer) {
    return Row.of(situation, "GET|/basic|Authorization: " + authorization, answer);
  }

  private static String basic(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answers_areThoseOfApisix(Profile profile, Row row) {
    table.assertAnswer(profile, row);
  }
}
