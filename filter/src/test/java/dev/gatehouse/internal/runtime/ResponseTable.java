package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks real servers, one in each profile, what the rows of a table of the reference ask. */
final class ResponseTable implements AutoCloseable {
  private static final Pattern MESSAGE = Pattern.compile("\"message\":\"(.*?)\"\\}");
  private static final Pattern CALLER = Pattern.compile("(?m)^consumer: (.*)$");
  private static final Pattern CHALLENGE = Pattern.compile("(?mi)^WWW-Authenticate: (.*)$");

  private final Map<Profile, TomcatServer> servers = new EnumMap<>(Profile.class);

  /**
   * One situation.
   *
   * @param request method, target and header lines, separated by {@code |}
   * @param strict the answer: {@code 200 caller}, or {@code status message} and then {@code |} and
   *     each challenge
   * @param api7 the answer in the api7 profile
   */
  record Row(String situation, String request, String strict, String api7) {
    static Row of(String situation, String request, String answer) {
      return new Row(situation, request, answer, answer);
    }

    @Override
    public String toString() {
      return situation;
    }
  }

  ResponseTable(Path documents, InstantSource clock, UnaryOperator<FilterBuilder> content) {
    for (Profile profile : Profile.values()) {
      FilterBuilder builder = ConsumerFilter.builder().profile(profile).clock(clock);
      servers.put(profile, TestApplications.probe(documents, content.apply(builder).build()));
    }
  }

  /** Returns each row in each profile, as arguments of a test. */
  static Stream<Object[]> inBothProfiles(List<Row> rows) {
    return rows.stream()
        .flatMap(row -> Stream.of(Profile.values()).map(profile -> new Object[] {profile, row}));
  }

  /** The protected body is there exactly when the answer names a caller. */
  void assertAnswer(Profile profile, Row row) {
    assertEquals(profile == Profile.STRICT ? row.strict() : row.api7(), ask(profile, row));
  }

  private String ask(Profile profile, Row row) {
    String[] parts = row.request().split("\\|", -1);
    StringBuilder sent = new StringBuilder(parts[0]).append(' ').append(parts[1]);
    sent.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    String body = "";
    for (int i = 2; i < parts.length; i++) {
      if (parts[i].startsWith("body=")) {
        body = parts[i].substring(5);
        sent.append("Content-Length: ").append(body.length()).append("\r\n");
      } else {
        sent.append(parts[i]).append("\r\n");
      }
    }
    TomcatServer server = Objects.requireNonNull(servers.get(profile));
    return summary(server.raw(sent.append("\r\n").append(body).toString()));
  }

  private static String summary(String answer) {
    String status = answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    if (answer.contains(ProbeServlet.MARKER)) {
      return status + " " + first(CALLER, answer);
    }
    StringBuilder summary = new StringBuilder(status).append(' ').append(first(MESSAGE, answer));
    CHALLENGE.matcher(answer).results().forEach(one -> summary.append(" | ").append(one.group(1)));
    return summary.toString();
  }

  private static String first(Pattern pattern, String answer) {
    Matcher found = pattern.matcher(answer);
    return found.find() ? found.group(1).replace("\\u0027", "'") : "?";
  }

  @Override
  public void close() {
    servers.values().forEach(TomcatServer::close);
  }
}
