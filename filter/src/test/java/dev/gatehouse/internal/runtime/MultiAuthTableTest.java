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

/** Tests the answers of multi-auth on a real server, also with an anonymous Consumer. */
class MultiAuthTableTest {
  private static final String KEY = " | apikey realm=\"key\"";
  private static final String BASIC = " | Basic realm=\"basic\", charset=\"UTF-8\"";
  private static final String HMAC = " | hmac realm=\"hmac\"";
  private static final String FAILED = "401 Authorization Failed" + KEY + BASIC;

  private static ResponseTable table;

  @BeforeAll
  static void start(@TempDir Path documents) {
    String guest = "{\"key-auth\":{\"anonymous_consumer\":\"guest\"}}";
    String large = "{\"hmac-auth\":{\"validate_request_body\":true,\"max_req_body_size\":1}}";
    table =
        new ResponseTable(
            documents,
            new TestClock(),
            builder ->
                builder
                    .route(r -> r.uri("/two").plugin("multi-auth", of("{\"key-auth\":{}}")))
                    .route(r -> r.uri("/guest").plugin("multi-auth", of(guest)))
                    .route(r -> r.uri("/large").plugin("multi-auth", of(large)))
                    .consumer("acme", c -> c.credential("a", "key-auth", "{\"key\":\"right\"}"))
                    .consumer(
                        "bob",
                        c ->
                            c.credential(
                                "b", "basic-auth", "{\"username\":\"b\",\"password\":\"p\"}"))
                    .consumer("guest", c -> c));
  }

  private static String of(String first) {
    return "{\"auth_plugins\":[" + first + ",{\"basic-auth\":{}}]}";
  }

  @AfterAll
  static void stop() {
    table.close();
  }

  static Stream<Object[]> rows() {
    String right = "|Authorization: " + basic("b:p");
    String wrong = "|Authorization: " + basic("b:x");
    return ResponseTable.inBothProfiles(
        List.of(
            Row.of("nothing", "GET|/two", FAILED),
            Row.of("the first is content", "GET|/two|apikey: right", "200 acme"),
            Row.of("the second is content", "GET|/two" + right, "200 bob"),
            Row.of("both are, the first wins", "GET|/two|apikey: right" + right, "200 acme"),
            Row.of("the first is wrong", "GET|/two|apikey: wrong" + right, "200 bob"),
            Row.of("the second is wrong", "GET|/two|apikey: right" + wrong, "200 acme"),
            Row.of("both are wrong", "GET|/two|apikey: wrong" + wrong, FAILED),
            Row.of("anonymous, nothing", "GET|/guest", "200 guest"),
            Row.of("anonymous, the second is content", "GET|/guest" + right, "200 bob"),
            new Row(
                "anonymous, both are wrong", "GET|/guest|apikey: x" + wrong, FAILED, "200 guest"),
            Row.of(
                "whatever the inner status is",
                "GET|/large" + wrong,
                "401 Authorization Failed" + HMAC + BASIC)));
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
