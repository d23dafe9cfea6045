package dev.gatehouse.internal.runtime;

import dev.gatehouse.Consumer;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.runtime.ResponseTable.Row;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the answers of key-auth, also with an anonymous Consumer, on a real server. */
class KeyAuthTableTest {
  private static final String CHALLENGE = " | apikey realm=\"key\"";
  private static final String MISSING = "401 Missing API key in request" + CHALLENGE;
  private static final String INVALID = "401 Invalid API key in request" + CHALLENGE;
  private static final String NO_CONSUMER = "401 Invalid user authorization" + CHALLENGE;

  private static ResponseTable table;

  @BeforeAll
  static void start(@TempDir Path documents) {
    table =
        new ResponseTable(
            documents,
            new TestClock(),
            builder ->
                builder
                    .route(r -> r.uri("/key").plugin("key-auth", "{}"))
                    .route(r -> r.uri("/realm").plugin("key-auth", "{\"realm\":\"orders\"}"))
                    .route(
                        r ->
                            r.uri("/named")
                                .plugin("key-auth", "{\"header\":\"X-Key\",\"query\":\"k\"}"))
                    .route(
                        r ->
                            r.uri("/guest")
                                .plugin("key-auth", "{\"anonymous_consumer\":\"guest\"}"))
                    .consumer("acme", c -> c.credential("a", "key-auth", "{\"key\":\"right\"}"))
                    .consumer("guest", c -> c));
  }

  @AfterAll
  static void stop() {
    table.close();
  }

  static Stream<Object[]> rows() {
    return ResponseTable.inBothProfiles(
        List.of(
            Row.of("neither header nor query", "GET|/key", MISSING),
            Row.of("the name differs in case", "GET|/key?APIKEY=right", MISSING),
            Row.of("right in the header", "GET|/key|apikey: right", "200 acme"),
            Row.of("right in the header, other case", "GET|/key|ApiKey: right", "200 acme"),
            Row.of("right in the query", "GET|/key?apikey=right", "200 acme"),
            Row.of("right in the query, encoded", "GET|/key?api%6bey=righ%74", "200 acme"),
            Row.of("header before query", "GET|/key?apikey=wrong|apikey: right", "200 acme"),
            Row.of("unknown key", "GET|/key|apikey: wrong", INVALID),
            Row.of("unknown key in the query", "GET|/key?apikey=wrong", INVALID),
            Row.of("wrong header, right query", "GET|/key?apikey=right|apikey: wrong", INVALID),
            Row.of("empty header, right query", "GET|/key?apikey=right|apikey:", INVALID),
            Row.of("query without a value", "GET|/key?apikey", INVALID),
            Row.of("query empty", "GET|/key?apikey=", INVALID),
            Row.of("query repeated", "GET|/key?apikey=right&apikey=right", INVALID),
            Row.of("header repeated", "GET|/key|apikey: right|apikey: right", INVALID),
            Row.of("other case of the key", "GET|/key|apikey: RIGHT", INVALID),
            Row.of(
                "another realm",
                "GET|/realm",
                "401 Missing API key in request | apikey realm=\"orders\""),
            Row.of("other names", "GET|/named|X-Key: right", "200 acme"),
            Row.of("other names, query", "GET|/named?k=right", "200 acme"),
            Row.of("other names, usual place", "GET|/named?apikey=right|apikey: right", MISSING),
            Row.of("anonymous, nothing", "GET|/guest", "200 guest"),
            Row.of("anonymous, right", "GET|/guest|apikey: right", "200 acme"),
            new Row("anonymous, wrong", "GET|/guest|apikey: wrong", INVALID, "200 guest")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answers_areThoseOfApisix(Profile profile, Row row) {
    table.assertAnswer(profile, row);
  }

  /** The reference looks for the anonymous Consumer at request time; so do we after it is gone. */
  @ParameterizedTest
  @MethodSource("profiles")
  void anonymousConsumerThatIsGone_isRefused(Profile profile, @TempDir Path documents) {
    ConsumerRepository store = Stores.memory();
    store.put(Consumer.named("guest").build());
    try (ResponseTable gone =
        new ResponseTable(
            documents,
            new TestClock(),
            builder ->
                builder
                    .store(store)
                    .route(
                        r ->
                            r.uri("/guest")
                                .plugin("key-auth", "{\"anonymous_consumer\":\"guest\"}")))) {
      gone.assertAnswer(profile, Row.of("there", "GET|/guest", "200 guest"));
      gone.assertAnswer(
          profile, new Row("no consumer has a key", "GET|/guest|apikey: x", INVALID, "200 guest"));
      store.remove("guest");
      gone.assertAnswer(profile, Row.of("gone", "GET|/guest", NO_CONSUMER));
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void anonymousConsumerThatWasDeleted_doesNotFailTheNextStart(
      Profile profile, @TempDir Path documents) {
    ConsumerRepository store = Stores.memory();
    try (ResponseTable again =
        new ResponseTable(
            documents,
            new TestClock(),
            builder ->
                builder
                    .store(store)
                    .route(
                        r ->
                            r.uri("/guest")
                                .plugin("key-auth", "{\"anonymous_consumer\":\"guest\"}")))) {
      again.assertAnswer(profile, Row.of("deleted before", "GET|/guest", NO_CONSUMER));
      store.put(Consumer.named("guest").build());
      again.assertAnswer(profile, Row.of("there again", "GET|/guest", "200 guest"));
    }
  }

  static Stream<Profile> profiles() {
    return Stream.of(Profile.values());
  }
}
