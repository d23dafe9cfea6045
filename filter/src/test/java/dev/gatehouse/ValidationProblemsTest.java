package dev.gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The words name every mistake at once, and never a secret. */
final class ValidationProblemsTest {
  @Test
  void route_whenTwoPatternsAndAMethodAreWrong_namesAllThree() {
    assertEquals(
        List.of("uris[0]", "uris[2]", "methods"),
        paths(
            () ->
                new Route("orders", List.of("x", "/ok", "/a//b"), Set.of("get"), PluginSet.EMPTY)));
  }

  @Test
  void consumer_whenEverythingIsWrong_namesEveryField() {
    assertEquals(
        List.of("username", "desc", "labels.tier"),
        paths(
            () -> Consumer.named("a b").description("x".repeat(257)).label("tier", "a b").build()));
  }

  @Test
  void credential_whenIdAndNameAreWrong_namesBoth() {
    assertEquals(
        List.of("id", "name"), paths(() -> Credential.of("a b", "key-auth").name(" ").build()));
  }

  @Test
  void requiredSecret_whenItIsANumber_isNotShown() {
    for (Object wrong : List.of(4711L, new BigDecimal("47.11"), List.of("4711"), true)) {
      ConfigProblems mistakes = new ConfigProblems();
      PluginSettings.of(Map.of("key", wrong)).read("p", mistakes).requiredSecret("key");
      assertEquals(
          List.of(new ConfigProblem("p.key", "must be a text; put it in quotes")),
          mistakes.found());
    }
  }

  @Test
  void choice_whenItsValueIsASecret_isNotShown() {
    ConfigProblems mistakes = new ConfigProblems();
    PluginSettings.of(Map.of("a", Secret.of("s3cr3t")))
        .read("p", mistakes)
        .choice("a", List.of("x", "y"), "x");
    assertFalse(mistakes.found().toString().contains("s3cr3t"));
    assertEquals(1, mistakes.found().size());
  }

  @Test
  void texts_withSecrets_areRevealed() {
    ConfigProblems mistakes = new ConfigProblems();
    SettingsReader reader =
        PluginSettings.of(
                Map.of("l", List.of(Secret.of("x"), "y"), "m", Map.of("k", Secret.of("v"))))
            .read("p", mistakes);
    assertEquals(List.of("x", "y"), reader.texts("l"));
    assertEquals(Map.of("k", "v"), reader.textMap("m"));
    assertEquals(List.of(), mistakes.found());
  }

  private static List<String> paths(Executable construction) {
    return assertThrows(ConfigException.class, construction).problems().stream()
        .map(ConfigProblem::path)
        .toList();
  }
}
