package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Secret;
import dev.gatehouse.internal.jpa.AdminServer.Answer;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that an application's own plugin reads as secrets, on Consumers and on groups. */
final class PluginSecretTest {
  private static final String PLUGIN =
      "{\"teller\":{\"token\":\"t0ken-s3cr3t\",\"note\":\"plain\","
          + "\"peers\":[{\"password\":\"peer-s3cr3t\"}]}}";

  private final JdbcDataSource database = Databases.h2();
  private final AdminServer server;

  PluginSecretTest(@TempDir Path documents) throws IOException {
    Path services = Files.createDirectories(documents.resolve("WEB-INF/classes/META-INF/services"));
    Files.writeString(
        services.resolve(ConsumerInterceptor.class.getName()), Teller.class.getName() + "\n");
    server = AdminServer.start(documents, database);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /**
   * The settings of the plugin.
   *
   * @param token authenticates this server to others
   */
  record Tokens(Secret token, Secret peer) {}

  /** Refuses every request with a status that says whether it has its secrets. */
  public static final class Teller implements ConsumerInterceptor<Tokens> {
    /** Called by the service loader. */
    public Teller() {}

    @Override
    public String name() {
      return "teller";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public Tokens configure(SettingsReader settings, PluginServices parts) {
      String unused = settings.text("note", "");
      Secret peer = Secret.of("");
      for (SettingsReader one : settings.objects("peers")) {
        peer = one.requiredSecret("password");
        one.finish();
      }
      return new Tokens(settings.requiredSecret("token"), peer);
    }

    @Override
    public Decision check(Tokens tokens, InterceptedRequest call) {
      boolean right =
          tokens.token().reveal().equals("t0ken-s3cr3t")
              && tokens.peer().reveal().equals("peer-s3cr3t");
      return new Decision.Deny(Reply.message(right ? 418 : 409, "told"), "told");
    }
  }

  private void assertHidden(Answer answer) {
    assertTrue(answer.status() < 300, answer.text());
    assertTrue(answer.text().contains("plain"), "positive control: " + answer.text());
    assertFalse(answer.text().contains("s3cr3t"), answer.text());
  }

  private Answer viewed(String path) {
    return server.raw("GET", path, new byte[0], "X-API-KEY", AdminServer.VIEWER);
  }

  private void assertSealed() {
    String dump = String.join("\n", Databases.ask(database, "SCRIPT"));
    assertTrue(dump.contains("teller"), "positive control");
    assertFalse(dump.contains("s3cr3t"), "nothing is stored in clear");
    assertEquals(418, server.order("apikey", "jacks-key").statusCode(), "the plugin has them");
  }

  @Test
  void secretOfAPluginOnAConsumer_isSealedAndHidden() {
    String own = PLUGIN.replaceFirst("\\{", "{\"key-auth\":{\"key\":\"jacks-key\"},");
    assertHidden(server.put("/consumers", "{\"username\":\"jack\",\"plugins\":" + own + "}"));
    assertHidden(viewed("/consumers/jack"));
    assertHidden(viewed("/consumers"));
    assertHidden(server.post("/export", ""));
    assertSealed();
    assertHidden(server.patch("/consumers/jack", "{\"desc\":\"changed\"}"));
    assertSealed();
  }

  @Test
  void secretOfAPluginOnAGroup_isSealedAndHidden() {
    assertHidden(server.put("/consumer_groups/g", "{\"id\":\"g\",\"plugins\":" + PLUGIN + "}"));
    assertHidden(viewed("/consumer_groups/g"));
    assertHidden(viewed("/consumer_groups"));
    server.put(
        "/consumers",
        "{\"username\":\"jack\",\"group_id\":\"g\",\"plugins\":{\"key-auth\":{\"key\":\"jacks-key\"}}}");
    assertSealed();
    assertHidden(server.patch("/consumer_groups/g", "{\"desc\":\"changed\"}"));
    assertSealed();
  }

  @Test
  void backupOfAPluginsSecret_isAcceptedSealedOnly() {
    server.put("/consumers", "{\"username\":\"jack\",\"plugins\":" + PLUGIN + "}");
    Answer backup = server.post("/export?stored=true", "");
    assertHidden(backup);
    assertTrue(backup.text().contains("$sealed"), backup.text());
    Answer restored = server.post("/import?stored=true", backup.text());
    assertEquals(200, restored.status(), restored.text());
    assertHidden(viewed("/consumers/jack"));

    String open = backup.text().replaceFirst("\\{\"\\$sealed\":\"[^\"]*\"}", "\"t0ken-s3cr3t\"");
    Answer refused = server.post("/import?stored=true", open);
    assertEquals(400, refused.status(), refused.text());
    assertTrue(refused.error().contains("consumers[jack].plugins.teller."), refused.error());
    assertFalse(refused.text().contains("s3cr3t"), refused.text());
  }

  @Test
  void hiddenSecret_isNotStoredAsASecret() {
    server.put("/consumers", "{\"username\":\"jack\",\"plugins\":" + PLUGIN + "}");
    Answer again = server.post("/import", server.post("/export", "").text());
    assertEquals(400, again.status(), again.text());
    assertTrue(again.error().contains("consumers[jack].plugins.teller.token"), again.error());
  }
}
