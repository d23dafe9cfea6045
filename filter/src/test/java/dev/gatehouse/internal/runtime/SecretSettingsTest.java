package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Secret;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plugin reads as a secret is one, whatever the settings held. */
final class SecretSettingsTest {
  private final ConfigProblems mistakes = new ConfigProblems();

  @Test
  void textThatIsReadAsASecret_becomesASecret() {
    PluginSettings given =
        PluginSettings.of(
            Map.of(
                "password", "pw",
                "note", "pw",
                "peers", List.of(Map.of("token", "t"), Map.of("token", "u"))));
    SettingsReader reader = given.read("routes[0].plugins.p", mistakes);
    assertEquals("pw", reader.requiredSecret("password").reveal());
    reader.objects("peers").get(1).requiredSecret("token");
    Map<String, Object> all = reader.all().values();
    assertEquals(Secret.of("pw"), all.get("password"));
    assertEquals("pw", all.get("note"), "only what was read as a secret");
    assertEquals(List.of(Map.of("token", "t"), Map.of("token", Secret.of("u"))), all.get("peers"));
  }

  @Test
  void droppedSetting_isAcceptedAndNotStored() {
    PluginSettings given = PluginSettings.of(Map.of("redis_password", "pw", "count", 1L));
    SettingsReader reader = given.read("", mistakes);
    reader.drop("redis_password");
    assertEquals(1, reader.integer("count", 1, 2));
    reader.finish();
    assertTrue(mistakes.found().isEmpty());
    assertFalse(reader.all().values().containsKey("redis_password"));
  }
}
