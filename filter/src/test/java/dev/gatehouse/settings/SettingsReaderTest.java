package dev.gatehouse.settings;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Secret;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsReaderTest {
  private final ConfigProblems mistakes = new ConfigProblems();

  private static Arguments refused(Object value, Consumer<SettingsReader> read, String... texts) {
    return Arguments.of(value, read, List.of(texts));
  }

  static Stream<Arguments> mistakes() {
    Map<String, Object> ten = Map.of("a", 10L);
    return Stream.of(
        refused(5L, r -> r.text("s"), "r.s: must be a text, was 5"),
        refused(true, r -> r.text("s"), "r.s: must be a text, was true"),
        refused(List.of(), r -> r.text("s"), "r.s: must be a text, was an empty list"),
        refused(List.of("x"), r -> r.text("s"), "r.s: must be a text, was a list"),
        refused(Map.of(), r -> r.text("s"), "r.s: must be a text, was an empty object"),
        refused(ten, r -> r.text("s"), "r.s: must be a text, was an object"),
        refused("", r -> r.nonEmpty("s"), "r.s: must not be empty"),
        refused("", r -> r.text("s", "else"), "r.s: must not be empty"),
        refused("", r -> r.requiredText("s"), "r.s: must not be empty"),
        refused("", r -> r.requiredSecret("s"), "r.s: must not be empty"),
        refused(Secret.of(""), r -> r.requiredSecret("s"), "r.s: must not be empty"),
        refused("x", r -> r.requiredText("t"), "r.t: is required"),
        refused("x", r -> r.requiredSecret("t"), "r.t: is required"),
        refused("x", r -> r.integer("t", 1, 9), "r.t: is required: a whole number from 1 to 9"),
        refused(0L, r -> r.integer("s", 1, 9), "r.s: must be a whole number from 1 to 9, was 0"),
        refused(10L, r -> r.integer("s", 1, 9), "r.s: must be a whole number from 1 to 9, was 10"),
        refused(
            "5",
            r -> r.integer("s", 1, 9, 2),
            "r.s: must be a whole number from 1 to 9, was \"5\""),
        refused(
            new BigDecimal("1.5"),
            r -> r.integer("s", 1, 9),
            "r.s: must be a whole number from 1 to 9, was 1.5"),
        refused(
            new BigDecimal("10.0"),
            r -> r.integer("s", 1, 9),
            "r.s: must be a whole number from 1 to 9, was 10.0"),
        refused(
            new BigDecimal("1e2147483647"),
            r -> r.integer("s", 1, 9),
            "r.s: must be a whole number from 1 to 9, was 1E+2147483647"),
        refused(
            Secret.of("hunter2"),
            r -> r.integer("s", 1, 9),
            "r.s: must be a whole number from 1 to 9, was a secret"),
        refused("true", r -> r.flag("s", true), "r.s: must be true or false, was \"true\""),
        refused(1L, r -> r.flag("s", true), "r.s: must be true or false, was 1"),
        refused(
            "c", r -> r.choice("s", List.of("a", "b"), "a"), "r.s: must be one of a, b, was \"c\""),
        refused(
            Secret.of("hunter2"),
            r -> r.choice("s", List.of("a"), "a"),
            "r.s: must be one of a, was a secret"),
        refused(1L, r -> r.choice("s", List.of("a"), "a"), "r.s: must be a text, was 1"),
        refused("x", r -> r.texts("s"), "r.s: must be a list of at least one text, was \"x\""),
        refused(
            List.of(),
            r -> r.texts("s"),
            "r.s: must be a list of at least one text, was an empty list"),
        refused(
            List.of("a", 1L, ""),
            r -> r.texts("s"),
            "r.s[1]: must be a text, was 1",
            "r.s[2]: must be a text, was \"\""),
        refused("x", r -> r.textLists("s"), "r.s: must be an object, was a text"),
        refused(
            Map.of(),
            r -> r.textLists("s"),
            "r.s: must be an object with at least one member, was an empty object"),
        refused(
            Map.of("tier", "gold"),
            r -> r.textLists("s"),
            "r.s.tier: must be a list of at least one text, was \"gold\""),
        refused("x", r -> r.textMap("s"), "r.s: must be an object, was a text"),
        refused(ten, r -> r.textMap("s"), "r.s.a: must be a text, was 10"),
        refused("x", r -> r.objects("s"), "r.s: must be a list, was \"x\""),
        refused(List.of("x"), r -> r.objects("s"), "r.s[0]: must be an object, was a text"),
        refused("x", r -> r.members("s"), "r.s: must be an object, was a text"),
        refused(Map.of("m", "x"), r -> r.members("s"), "r.s.m: must be an object, was a text"),
        refused("x", SettingsReader::finish, "r.s: is not known; known here: nothing"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void wrongSetting_isReportedByPathWithWhatIsAllowed(
      Object value, Consumer<SettingsReader> read, List<String> texts) {
    read.accept(reader("r", Map.of("s", value)));
    assertEquals(texts, mistakes.found().stream().map(ConfigProblem::toString).toList());
  }

  @Test
  void requiredSecret_whenItIsWrittenAsANumber_neverShowsIt() {
    assertEquals(Secret.of(""), reader("r", Map.of("key", 123456789L)).requiredSecret("key"));
    assertEquals(
        List.of(new ConfigProblem("r.key", "must be a text; put it in quotes")), mistakes.found());
  }

  @Test
  void unknownSettings_areReportedWithTheKnownOnes() {
    Map<String, Object> values = new LinkedHashMap<>(Map.of("count", 5L));
    values.put("cuont", 1L);
    values.put("windw", 2L);
    SettingsReader reader = reader("routes[0].plugins.limit-count", values);
    long ignored = reader.integer("count", 1, 9) + reader.integer("window", 1, 9, 1);
    assertEquals(6, ignored);
    reader.finish();
    assertEquals(
        List.of(
            "routes[0].plugins.limit-count.cuont: is not known; known here: count, window",
            "routes[0].plugins.limit-count.windw: is not known; known here: count, window"),
        mistakes.found().stream().map(ConfigProblem::toString).toList());
  }

  @Test
  void rightSettings_areRead() {
    Map<String, Object> values =
        Map.of(
            "text", "t",
            "secret", Secret.of("s"),
            "number", 7L,
            "flag", true,
            "list", List.of("a", "b"),
            "lists", Map.of("tier", List.of("gold")),
            "map", Map.of("k", "v"));
    SettingsReader r = reader("", values);
    assertEquals(Optional.of("t"), r.text("text"));
    assertEquals("t", r.requiredText("text"));
    assertEquals(Secret.of("t"), r.requiredSecret("text"));
    assertEquals(Secret.of("s"), r.requiredSecret("secret"));
    assertEquals(7, r.integer("number", 7, 7));
    assertTrue(r.flag("flag", false));
    assertEquals("t", r.choice("text", List.of("s", "t"), "s"));
    assertEquals(List.of("a", "b"), r.texts("list"));
    assertEquals(Map.of("tier", List.of("gold")), r.textLists("lists"));
    assertEquals(Map.of("k", "v"), r.textMap("map"));
    r.finish();
    assertEquals(List.of(), mistakes.found());
  }

  @Test
  void absentSettings_haveTheirFallback() {
    SettingsReader r = reader("r", Map.of());
    assertFalse(r.has("x"));
    assertEquals(Optional.empty(), r.text("x"));
    assertEquals("else", r.text("x", "else"));
    assertEquals(3, r.integer("x", 1, 2, 3));
    assertTrue(r.flag("x", true));
    assertEquals("b", r.choice("x", List.of("a", "b"), "b"));
    assertEquals(List.of(), r.texts("x"));
    assertEquals(Map.of(), r.textLists("x"));
    assertEquals(Map.of(), r.textMap("x"));
    assertEquals(List.of(), r.objects("x"));
    assertEquals(Map.of(), r.members("x"));
    r.finish();
    assertEquals(List.of(), mistakes.found());
  }

  @Test
  void nestedReaders_carryTheFullPath() {
    SettingsReader r =
        reader("", Map.of("routes", List.of(Map.of("plugins", Map.of("acl", Map.of("a", 1L))))));
    SettingsReader acl = requireNonNull(r.objects("routes").get(0).members("plugins").get("acl"));
    assertEquals("routes[0].plugins.acl", acl.path());
    assertEquals("routes[0].plugins.acl.a", acl.at("a"));
    assertEquals("routes", r.at("routes"));
    acl.finish();
    assertEquals("routes[0].plugins.acl.a", mistakes.found().get(0).path());
  }

  @Test
  void all_knowsEveryName() {
    SettingsReader r = reader("r", Map.of("a", 1L, "b", "c"));
    assertEquals(Map.of("a", 1L, "b", "c"), r.all().values());
    r.finish();
    assertEquals(List.of(), mistakes.found());
  }

  private SettingsReader reader(String path, Map<String, Object> values) {
    return PluginSettings.of(values).read(path, mistakes);
  }

  @Test
  void integer_withZerosAfterThePoint_isAWholeNumber() {
    for (String text : List.of("100.0", "1e2", "100.000", "1.00E+2")) {
      ConfigProblems mistakes = new ConfigProblems();
      SettingsReader reader =
          PluginSettings.of(Map.of("n", new BigDecimal(text))).read("", mistakes);
      assertEquals(100, reader.integer("n", 1, 100), text);
      assertEquals(100, reader.integer("n", 1, 100, 7), text);
      assertEquals(List.of(), mistakes.found());
    }
  }
}
