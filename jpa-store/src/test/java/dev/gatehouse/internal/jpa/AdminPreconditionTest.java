package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.internal.jpa.AdminServer.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Preconditions of RFC 9110 section 13.1, filters of lists, and the form of answers. */
final class AdminPreconditionTest {
  private static final String JACK = "{\"username\":\"jack\"}";

  private final AdminServer server;

  AdminPreconditionTest(@TempDir Path documents) {
    server = AdminServer.start(documents, Databases.h2());
    assertEquals(201, server.put("/consumers/jack", JACK).status());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TAG|200",
        "\"other\", TAG|200",
        "TAG,\"other\"|200",
        "\"a,b\" , TAG|200",
        ", TAG ,|200",
        "*|200",
        "\"other\"|412",
        "\"other\", \"more\"|412",
        "W/TAG|412",
        "W/TAG, TAG|200",
        "\"\"|412",
        "TAG TAG|400",
        "other|400",
        "TAG, other|400",
        "\"open|400",
        "w/TAG|400",
        "*, TAG|400",
      })
  void ifMatch_isAListOfStrongTags(String header, int status) {
    String sent = header.replace("TAG", server.get("/consumers/jack").etag());
    assertEquals(status, server.put("/consumers/jack", JACK, "If-Match", sent).status(), sent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "*|412",
        "TAG|412",
        "W/TAG|412",
        "\"other\", TAG|412",
        "\"other\"|200",
        "W/\"other\"|200",
        "other|400",
      })
  void ifNoneMatch_isAListOfTags(String header, int status) {
    String sent = header.replace("TAG", server.get("/consumers/jack").etag());
    assertEquals(status, server.put("/consumers/jack", JACK, "If-None-Match", sent).status());
  }

  @Test
  void ifNoneMatchStar_createsOnly() {
    assertEquals(
        201, server.put("/consumers/new", "{\"username\":\"new\"}", "If-None-Match", "*").status());
  }

  /** A misspelt filter was ignored, and the list showed everything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/consumers?lable=tier",
        "/consumers?labels=tier",
        "/consumers?page_size=10&page=1&x=y",
        "/consumers/jack/credentials?label=tier",
        "/consumer_groups?prefix=a",
      })
  void unknownFilter_isRefused(String path) {
    Answer answer = server.get(path);
    assertEquals(400, answer.status(), answer.text());
    assertTrue(answer.error().startsWith("unknown parameter: "), answer.text());
  }

  @Test
  void credentialsAndGroups_arePaged() {
    for (int i = 10; i < 25; i++) {
      String body =
          "{\"plugins\":{\"key-auth\":{\"key\":\"key-number-" + i + "\"}},\"name\":\"c" + i + "\"}";
      assertEquals(201, server.put("/consumers/jack/credentials/c" + i, body).status());
    }
    Answer second = server.get("/consumers/jack/credentials?page=2&page_size=10");
    assertEquals(5, second.body().path("list").size(), second.text());
    assertEquals(15, second.body().path("total").asInt());
    assertEquals(15, server.get("/consumers/jack/credentials").body().path("list").size());
    assertEquals(400, server.get("/consumers/jack/credentials?page=1&page_size=9").status());
  }

  @Test
  void answers_endInALineFeed() {
    for (String path : new String[] {"/consumers", "/consumers/jack", "/consumers/none", "/x"}) {
      assertTrue(server.get(path).text().endsWith("}\n"), path);
    }
  }

  @Test
  void groupPatch_setsTheValueAtAPath() {
    server.put(
        "/consumer_groups/silver",
        "{\"plugins\":{\"limit-count\":{\"count\":1,\"time_window\":60}}}");
    assertEquals(
        200, server.patch("/consumer_groups/silver/plugins/limit-count/count", "7").status());
    assertEquals(7, count());
    assertEquals(
        200,
        server
            .patch(
                "/consumer_groups/silver/plugins",
                "{\"limit-count\":{\"count\":9,\"time_window\":30}}")
            .status());
    assertEquals(9, count());
    assertEquals(200, server.patch("/consumer_groups/silver/labels/tier", "\"gold\"").status());
    assertEquals(
        "gold", server.get("/consumer_groups/silver").body().at("/value/labels/tier").asText());
    for (String wrong :
        new String[] {
          "/consumer_groups/silver/plugins/limit-count/count/x",
          "/consumer_groups/silver/plugins/limit-count/nothing",
          "/consumer_groups/silver/id",
        }) {
      assertEquals(400, server.patch(wrong, "1").status(), wrong);
    }
    assertEquals(400, server.patch("/consumer_groups/silver/desc", "null").status());
    assertEquals(404, server.patch("/consumer_groups/none/plugins", "{}").status());
    assertEquals(404, server.get("/consumer_groups/silver/plugins").status());
    assertEquals(9, count());
  }

  private int count() {
    return server
        .get("/consumer_groups/silver")
        .body()
        .at("/value/plugins/limit-count/count")
        .asInt();
  }
}
