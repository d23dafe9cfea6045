package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.internal.jpa.AdminServer.Answer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of Consumers through the Admin API, and what their members may then do. */
final class AdminGroupTest {
  private static final String SMALL =
      "{\"id\":\"small\",\"desc\":\"few\",\"labels\":{\"tier\":\"low\"},"
          + "\"plugins\":{\"limit-count\":{\"count\":2,\"time_window\":600}}}";

  private final JdbcDataSource database = Databases.h2();
  private final AdminServer server;

  AdminGroupTest(@TempDir Path documents) {
    server = AdminServer.start(documents, database);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void member(String group) {
    Answer put =
        server.put(
            "/consumers/jack",
            "{\"username\":\"jack\",\"group_id\":\""
                + group
                + "\",\"plugins\":{\"key-auth\":{\"key\":\"jacks-key\"}}}");
    assertTrue(put.status() < 300, put.text());
  }

  private int calls(int most) {
    int admitted = 0;
    for (int i = 0; i < most; i++) {
      admitted += server.opens("jacks-key") ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void members_haveThePluginsOfTheirGroupAtOnce() {
    assertEquals(201, server.put("/consumer_groups", SMALL).status());
    member("small");
    assertEquals(2, calls(5));
    Answer patched =
        server.patch("/consumer_groups/small", "{\"plugins\":{\"limit-count\":{\"count\":4}}}");
    assertEquals(200, patched.status(), patched.text());
    assertEquals(2, calls(5), "what was used counts");
    Answer open = server.patch("/consumer_groups/small", "{\"plugins\":{\"limit-count\":null}}");
    assertEquals(200, open.status(), open.text());
    assertEquals(9, calls(9));
  }

  /** A member of a group that does not exist is refused. */
  @Test
  void removedGroup_refusesItsMembers() {
    String roomy = SMALL.replace("\"count\":2", "\"count\":20");
    server.put("/consumer_groups/small", roomy);
    member("small");
    assertTrue(server.opens("jacks-key"));
    Answer used = server.delete("/consumer_groups/small");
    assertEquals(400, used.status());
    assertEquals(
        "can not delete this consumer group, consumer [jack] is still using it now", used.error());
    assertTrue(server.opens("jacks-key"));

    Answer forced = server.delete("/consumer_groups/small?force=true");
    assertEquals(200, forced.status(), forced.text());
    HttpResponse<String> outside = server.order("apikey", "jacks-key");
    assertEquals(503, outside.statusCode());
    assertFalse(outside.body().contains(AdminServer.MARK));
    assertEquals(404, server.delete("/consumer_groups/small?force=true").status());
    assertEquals(201, server.put("/consumer_groups/small", roomy).status());
    assertTrue(server.opens("jacks-key"), "it is back");
  }

  @Test
  void groups_areShownWithThoseOfTheFile_whichStayAsTheyAre() {
    Answer created = server.put("/consumer_groups/small", SMALL);
    assertEquals("/apisix/consumer_groups/small", created.body().path("key").asText());
    assertEquals(created.body(), server.get("/consumer_groups/small").body());
    assertEquals("low", created.body().at("/value/labels/tier").asText());
    Answer list = server.get("/consumer_groups");
    assertEquals(2, list.body().path("total").asInt());
    assertEquals("gold", list.body().at("/list/0/value/id").asText());
    assertEquals("small", list.body().at("/list/1/value/id").asText());
    String gold = SMALL.replace("small", "gold");
    assertEquals(405, server.put("/consumer_groups/gold", gold).status());
    assertEquals(405, server.patch("/consumer_groups/gold", "{\"desc\":\"x\"}").status());
    assertEquals(405, server.delete("/consumer_groups/gold?force=true").status());
    member("gold");
    assertEquals(3, calls(3));
  }

  @Test
  void editsAtTheSameTime_areNotLost() {
    String first = server.put("/consumer_groups/small", SMALL).etag();
    Answer second =
        server.put("/consumer_groups/small", SMALL.replace("few", "some"), "If-Match", first);
    assertEquals(200, second.status());
    assertNotEquals(first, second.etag());
    assertEquals(412, server.put("/consumer_groups/small", SMALL, "If-Match", first).status());
    assertEquals(412, server.delete("/consumer_groups/small", "If-Match", first).status());
    assertEquals(412, server.put("/consumer_groups/small", SMALL, "If-None-Match", "*").status());
    assertEquals(
        412,
        server
            .put("/consumer_groups/new", SMALL.replace("small", "new"), "If-Match", "*")
            .status());
    assertEquals("some", server.get("/consumer_groups/small").body().at("/value/desc").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "PUT | /consumer_groups | {`plugins`:{}} | 400 | missing consumer group id",
        "PUT | /consumer_groups/a | {`id`:`b`,`plugins`:{}} | 400 | wrong consumer group id",
        "PUT | /consumer_groups/a | '' | 400 | missing configurations",
        "PUT | /consumer_groups/a | {`id`:`a`} | 400 | property `plugins` is required",
        "PUT | /consumer_groups/a | {`plugins`:{`nope`:{}}} | 400 | unknown plugin [nope]",
        "PUT | /consumer_groups/a | {`plugins`:{`key-auth`:{}}} | 400 | is a credential plugin",
        "PUT | /consumer_groups/a | {`plugins`:{`limit-count`:{`count`:-1}}} | 400 | count",
        "PUT | /consumer_groups/a*b | {`plugins`:{}} | 400 | must match",
        "PUT | /consumer_groups/a | {`plugins`:{},`x`:1} | 400 | x",
        "PUT | /consumer_groups/a | {`plugins`:{},`create_time`:1} | 400 | forbidden:  create_time",
        "PATCH | /consumer_groups | {} | 400 | missing consumer group id",
        "PATCH | /consumer_groups/a | {} | 404 | Key not found",
        "DELETE | /consumer_groups | '' | 400 | missing consumer group id",
        "DELETE | /consumer_groups/gold?force=x | '' | 400 | force",
        "POST | /consumer_groups | {} | 405 | not supported",
        "GET | /consumer_groups/a | '' | 404 | Key not found",
        "GET | /consumer_groups/a/b | '' | 404 | not found",
        "PUT | /consumers/jack | {`username`:`jack`,`group_id`:`none`} | 400 | consumer group id [none]",
      })
  void wrongRequests_areAnsweredAsTheReferenceDoes(
      String method, String path, String body, int status, String text) {
    Answer answer = server.send(method, path, body.equals("''") ? "" : body.replace('`', '"'));
    assertEquals(status, answer.status(), answer.text());
    String expected = text.replace('`', '"');
    assertTrue(answer.error().contains(expected), answer.error());
    assertEquals(1, server.get("/consumer_groups").body().path("total").asInt(), "only gold");
  }
}
