package dev.gatehouse.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Secret;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PluginSettingsProperties {
  @Provide
  Arbitrary<Map<String, Object>> trees() {
    Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(4);
    return Arbitraries.maps(names, values(names, 3)).ofMaxSize(4);
  }

  private static Arbitrary<Object> values(Arbitrary<String> names, int depth) {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            Arbitraries.strings().map(text -> text),
            Arbitraries.longs().map(number -> number),
            Arbitraries.bigDecimals().map(number -> number),
            Arbitraries.doubles().map(number -> number),
            Arbitraries.of(true, false).map(flag -> flag),
            Arbitraries.strings().map(Secret::of));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Object> below = values(names, depth - 1);
    return Arbitraries.oneOf(
        leaf,
        below.list().ofMaxSize(3).map(list -> list),
        Arbitraries.maps(names, below).ofMaxSize(3).map(map -> map));
  }

  @Property(tries = 500)
  void copyOfACopy_isEqual(@ForAll("trees") Map<String, Object> tree) {
    PluginSettings settings = PluginSettings.of(tree);
    assertEquals(settings, PluginSettings.of(settings.values()));
    assertEquals(settings.hashCode(), PluginSettings.of(tree).hashCode());
    assertEquals(List.copyOf(tree.keySet()), List.copyOf(settings.values().keySet()));
  }

  @Property(tries = 500)
  void anyReader_reportsAndNeverThrows(@ForAll("trees") Map<String, Object> tree) {
    for (String name : tree.keySet()) {
      ConfigProblems mistakes = new ConfigProblems();
      readInEveryWay(PluginSettings.of(tree).read("r", mistakes), name);
      for (ConfigProblem mistake : mistakes.found()) {
        assertTrue(mistake.path().startsWith("r." + name), mistake::toString);
      }
    }
  }

  @Property(tries = 500)
  void anySetting_isReadOrReported(@ForAll("trees") Map<String, Object> tree) {
    for (Map.Entry<String, Object> entry : tree.entrySet()) {
      ConfigProblems mistakes = new ConfigProblems();
      SettingsReader reader = PluginSettings.of(tree).read("r", mistakes);
      boolean read = reader.text(entry.getKey()).isPresent();
      assertEquals(read, mistakes.found().isEmpty());
      reader.finish();
      assertEquals(tree.size() - (read ? 1 : 0), mistakes.found().size());
    }
  }

  @Property(tries = 500)
  void secret_isShownByNoProblem(@ForAll long pin) {
    Secret secret = Secret.of("s3cr3t" + pin);
    ConfigProblems mistakes = new ConfigProblems();
    readInEveryWay(PluginSettings.of(Map.of("key", secret)).read("r", mistakes), "key");
    assertFalse(mistakes.found().toString().contains(secret.reveal()), mistakes.found()::toString);
    ConfigProblems ofNumber = new ConfigProblems();
    assertEquals(
        Secret.of(""),
        PluginSettings.of(Map.of("key", pin)).read("r", ofNumber).requiredSecret("key"));
    assertFalse(ofNumber.found().toString().contains(Long.toString(pin)));
  }

  private static void readInEveryWay(SettingsReader reader, String name) {
    reader.text(name);
    reader.requiredText(name);
    reader.requiredSecret(name);
    reader.integer(name, Long.MIN_VALUE, Long.MAX_VALUE);
    reader.flag(name, true);
    reader.choice(name, List.of("a"), "a");
    reader.texts(name);
    reader.textLists(name);
    reader.textMap(name);
    reader.objects(name);
    reader.members(name);
  }
}
