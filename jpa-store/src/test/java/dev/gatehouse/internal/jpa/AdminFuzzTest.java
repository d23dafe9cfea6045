package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.internal.jpa.AdminServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Random bodies: each is answered without a server error. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AdminFuzzTest {
  private static final int BODIES = 10_000;
  private static final List<String> PATHS =
      List.of(
          "/consumers",
          "/consumers/jack",
          "/consumers/jack/credentials",
          "/consumers/jack/credentials/c1",
          "/consumers/jack/credentials/c1/rotate",
          "/consumer_groups",
          "/consumer_groups/small",
          "/schema/validate/consumers",
          "/schema/validate/credentials",
          "/schema/validate/consumer_groups",
          "/import",
          "/import?stored=true",
          "/export?stored=true",
          "/rewrap");
  private static final List<String> METHODS = List.of("PUT", "PATCH", "POST");
  private static final List<String> SEEDS =
      List.of(
          "{\"username\":\"jack\",\"desc\":\"x\",\"labels\":{\"a\":\"b\"},\"group_id\":\"gold\"}",
          "{\"username\":\"jack\",\"plugins\":{\"limit-count\":{\"count\":5,\"time_window\":60}}}",
          "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"k\"}}}",
          "{\"id\":\"c1\",\"name\":\"n\",\"plugins\":{\"key-auth\":{\"key\":\"k1\"}}}",
          "{\"name\":\"n\",\"plugins\":{\"jwt-auth\":{\"key\":\"k\",\"algorithm\":\"RS256\"}}}",
          "{\"name\":\"n\",\"not_before\":\"2030-01-01T00:00:00Z\",\"disabled\":true}",
          "{\"overlap\":60,\"name\":\"n2\"}",
          "{\"id\":\"small\",\"desc\":\"x\",\"plugins\":{\"limit-count\":{\"count\":5,\"time_window\":60}}}",
          "{\"consumers\":[{\"username\":\"jill\",\"credentials\":[{\"id\":\"k\",\"name\":\"k\",\"plugins\":{\"key-auth\":{}},"
              + "\"stored\":{\"lookup\":\""
              + "ab".repeat(32)
              + "\",\"settings\":{\"a\":{\"$sealed\":\"v1:00000000:AAAA\"}}}}]}]}");
  private static final List<String> PIECES =
      List.of(
          "null",
          "-1",
          "1e9999",
          "1e-9999",
          "\"\"",
          "[]",
          "{}",
          "true",
          "\u0000",
          "\\ud800",
          "\\u0000",
          "\"",
          "}",
          "{",
          ",",
          "9223372036854775808",
          "\"a\":",
          "\u00e9",
          "'",
          "%",
          "$env://X",
          "***",
          "~key-auth");

  @Test
  void randomBodies_areRefusedWithoutFailure(@TempDir Path documents) {
    Random random = new Random(20_261_127);
    try (AdminServer server = AdminServer.start(documents, Databases.h2())) {
      for (int i = 0; i < BODIES; i++) {
        String body = SEEDS.get(random.nextInt(SEEDS.size()));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
          body = changed(body, random);
        }
        String method = METHODS.get(random.nextInt(METHODS.size()));
        String path = PATHS.get(random.nextInt(PATHS.size()));
        Answer answer =
            server.raw(
                method,
                path,
                body.getBytes(StandardCharsets.UTF_8),
                "X-API-KEY",
                AdminServer.ADMIN,
                "Content-Type",
                "application/json");
        assertTrue(answer.status() < 500, method + " " + path + " " + body + ": " + answer.text());
      }
      assertTrue(server.opens("fixed-key"), "positive control");
    }
  }

  private static String changed(String body, Random random) {
    int at = random.nextInt(body.length() + 1);
    int end = Math.min(body.length(), at + random.nextInt(12));
    String piece = random.nextInt(3) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size()));
    return body.substring(0, at) + piece + body.substring(end);
  }
}
