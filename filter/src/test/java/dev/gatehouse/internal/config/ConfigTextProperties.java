package dev.gatehouse.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ConfigTextProperties {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          ",",
          "\"",
          "'",
          "\n",
          "\n  ",
          "- ",
          "a",
          "key",
          "null",
          "~",
          "1",
          "-",
          ".5",
          "0x",
          "1e9",
          "true",
          "&a ",
          "*a",
          "!!set ",
          "!<x> ",
          "? ",
          "| ",
          "> ",
          "%",
          "#",
          "---\n",
          "...\n",
          "<<",
          "\\",
          "\\u12",
          "\\UFFFFFFFF",
          "\t",
          "\u0000",
          "\ud800",
          "@");

  @Property(tries = 3000)
  void anyText_givesATreeOrAProblemAndNeverAnException(@ForAll("texts") String text) {
    ConfigProblems json = new ConfigProblems();
    assertAnswered(ConfigText.json("p", text, json), json);
    ConfigProblems yaml = new ConfigProblems();
    assertAnswered(ConfigText.file("f.yaml", text, yaml), yaml);
  }

  @Property(tries = 500)
  void anyTree_isReadBackAsItWasWritten(@ForAll("trees") Map<String, Object> tree)
      throws JsonProcessingException {
    ConfigProblems mistakes = new ConfigProblems();
    String json = new ObjectMapper().writeValueAsString(tree);
    assertEquals(Optional.of(tree), ConfigText.json("p", json, mistakes));
    assertEquals(List.of(), mistakes.found());
  }

  @Property(tries = 40)
  void repeatedPiece_isReadInLinearTime(@ForAll("pieces") String piece) {
    String text = "a: " + piece.repeat(200_000 / piece.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          ConfigText.file("f.yaml", text, new ConfigProblems());
          ConfigText.json("p", text, new ConfigProblems());
        });
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(PIECES);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> mixed =
        Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(60), mixed);
  }

  @Provide
  Arbitrary<Map<String, Object>> trees() {
    return members(2);
  }

  private static Arbitrary<Map<String, Object>> members(int depth) {
    Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
    Arbitrary<Object> leaves =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12).map(text -> text.replaceAll("\\p{Cs}", "?")),
            Arbitraries.longs(),
            Arbitraries.of(true, false));
    Arbitrary<Object> values =
        depth == 0
            ? leaves
            : Arbitraries.oneOf(
                leaves,
                members(depth - 1).map(map -> map),
                leaves.list().ofMaxSize(4).map(list -> list));
    return Arbitraries.maps(names, values).ofMaxSize(4);
  }

  private static void assertAnswered(Optional<Map<String, Object>> tree, ConfigProblems mistakes) {
    assertTrue(tree.isPresent() || !mistakes.found().isEmpty());
    tree.ifPresent(PluginSettings::of);
  }
}
