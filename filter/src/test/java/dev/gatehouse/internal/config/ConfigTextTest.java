package dev.gatehouse.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigTextTest {
  private final ConfigProblems mistakes = new ConfigProblems();

  @Test
  void json_whenWellFormed_becomesPlainValues() {
    Optional<Map<String, Object>> tree =
        ConfigText.json(
            "p",
            "{\"t\":\"x\",\"f\":true,\"n\":5,\"d\":1.5,\"l\":[1,{}],\"o\":{\"a\":\"b\"}}",
            mistakes);
    assertEquals(
        Map.of(
            "t",
            "x",
            "f",
            true,
            "n",
            5L,
            "d",
            new BigDecimal("1.5"),
            "l",
            List.of(1L, Map.of()),
            "o",
            Map.of("a", "b")),
        tree.orElseThrow());
    assertTrue(mistakes.found().isEmpty());
  }

  @Test
  void yaml_whenWellFormed_becomesPlainValues() {
    Optional<Map<String, Object>> tree =
        ConfigText.file(
            "f.yaml",
            "# head\n---\nroutes:\n  - uris: [\"/a/*\"]\n    n: 5\n    no: no\n",
            mistakes);
    assertEquals(
        Map.of("routes", List.of(Map.of("uris", List.of("/a/*"), "n", 5L, "no", "no"))),
        tree.orElseThrow());
    assertTrue(mistakes.found().isEmpty());
  }

  static Stream<Arguments> badJson() {
    return Stream.of(
        Arguments.of("", "p: must be an object (line 1, column 1)"),
        Arguments.of("[]", "p: must be an object (line 1, column 1)"),
        Arguments.of("{} {}", "p: must be one object with nothing after it (line 1, column 4)"),
        Arguments.of("{} s3cr3t", "p: is not valid JSON (line 1, column 10)"),
        Arguments.of("{\n \"key\": s3cr3t}", "p: is not valid JSON (line 2, column 15)"),
        Arguments.of("{\"key\": \"s3cr3t", "p: is not valid JSON (line 1, column 16)"),
        Arguments.of("{'key': 's3cr3t'}", "p: is not valid JSON (line 1, column 2)"),
        Arguments.of("{\"a\":1,}", "p: is not valid JSON (line 1, column 8)"),
        Arguments.of("/* */ {}", "p: is not valid JSON (line 1, column 1)"),
        Arguments.of("{\"a\":\"s3cr3t\",\"a\":1}", "p.a: is given twice (line 1, column 19)"),
        Arguments.of(
            "{\"o\":{\"a\":null}}",
            "p.o.a: must not be null; an empty object is {} (line 1, column 11)"),
        Arguments.of(
            "{\"a\":1e99999999}",
            "p.a: must be a plain decimal number, or a text in quotes (line 1, column 6)"),
        Arguments.of(
            "{\"a\":" + "1".repeat(65) + "}",
            "p: must have numbers of at most 64 characters (line 1, column 6)"),
        Arguments.of(
            "{\"a\":" + "[".repeat(100_000),
            "p: must not be nested deeper than 32 levels (line 1, column 37)"),
        Arguments.of(
            "{\"a\\nb\":1}",
            "p: must have names of 1 to 256 characters without control characters"
                + " (line 1, column 2)"),
        Arguments.of(" ".repeat((1 << 20) + 1), "p: must have at most 1048576 characters"));
  }

  @ParameterizedTest
  @MethodSource("badJson")
  void json_whenNotStrict_namesThePlaceAndNeverTheText(String text, String expected) {
    ConfigText.json("p", text, mistakes);
    assertOne(expected);
  }

  static Stream<Arguments> badYaml() {
    String number = "must be a plain decimal number, or a text in quotes (f.yaml line 1, column 4)";
    String extras = "f.yaml: must not use YAML anchors (&), aliases (*) and tags (!) (f.yaml ";
    return Stream.of(
        Arguments.of("", "f.yaml: must be an object (f.yaml line 1, column 1)"),
        Arguments.of("- a", "f.yaml: must be an object (f.yaml line 1, column 1)"),
        Arguments.of(
            "a: 1\n---\nb: 2",
            "f.yaml: must be one object with nothing after it (f.yaml line 3, column 1)"),
        Arguments.of(
            "a: 1\n---\n",
            "f.yaml: must be one object with nothing after it (f.yaml line 3, column 1)"),
        Arguments.of(
            "a: b: s3cr3t",
            "f.yaml: is not valid YAML (f.yaml line 1, column 5): a text with \": \" is not in quotes, or the indentation is wrong"),
        Arguments.of(
            "a: @s3cr3t",
            "f.yaml: is not valid YAML (f.yaml line 1, column 4): a text that begins with @, % or ` is not in quotes"),
        Arguments.of(
            "a: \"s3cr3t",
            "f.yaml: is not valid YAML (f.yaml line 1, column 11): a text in quotes is not closed, or has an unknown escape"),
        Arguments.of(
            "a: \"\\U00110000s3cr3t\"",
            "f.yaml: is not valid YAML (f.yaml line 1, column 7): a text in quotes is not closed, or has an unknown escape"),
        Arguments.of("? [s3cr3t]\n: b", "f.yaml: is not valid YAML (f.yaml line 1, column 4)"),
        Arguments.of("a: &x [s3cr3t]\nb: *x", extras + "line 1, column 4)"),
        Arguments.of("a: !!str s3cr3t", extras + "line 1, column 4)"),
        Arguments.of("a: 1\na: s3cr3t", "a: is given twice (f.yaml line 2, column 4)"),
        Arguments.of(
            "o:\n  a: ~", "o.a: must not be null; an empty object is {} (f.yaml line 2, column 6)"),
        Arguments.of(
            "l: [x, null]",
            "l[1]: must not be null; an empty object is {} (f.yaml line 1, column 8)"),
        Arguments.of("a: 010", "a: " + number),
        Arguments.of("a: 0x1F", "a: " + number),
        Arguments.of("a: 1_000", "a: " + number),
        Arguments.of("a: .inf", "a: " + number),
        Arguments.of(
            "a: " + "[".repeat(100_000),
            "f.yaml: must not be nested deeper than 32 levels (f.yaml line 1, column 35)"));
  }

  @ParameterizedTest
  @MethodSource("badYaml")
  void yaml_whenNotStrict_namesThePlaceAndNeverTheText(String text, String expected) {
    ConfigText.file("f.yaml", text, mistakes);
    assertOne(expected);
  }

  static Stream<Arguments> usualMistakes() {
    return Stream.of(
        Arguments.of("a: {key: ${VAR}}", "a text with { or [, as ${NAME}, is not in quotes"),
        Arguments.of("a:\n\tb: c", "a tab cannot indent; use blanks"),
        Arguments.of("a:\n  b: c\n d: e", "wrong indentation"),
        Arguments.of("a:\n  - b: c\n   d: e", "wrong indentation"),
        Arguments.of("a: b\n  c: d", "the indentation is wrong"),
        Arguments.of("a: [1, 2", "a bracket is not closed"),
        Arguments.of("a: {b: c\nd: e", "a bracket is not closed"),
        Arguments.of("a: 'x", "a text in quotes is not closed"),
        Arguments.of("a: [*.do]", "a text that begins with * or & is not in quotes"),
        Arguments.of("a: b\nc", "a line has no \": \""),
        Arguments.of("a: - b", "a list begins in a line of its own"));
  }

  @ParameterizedTest
  @MethodSource("usualMistakes")
  void yaml_whenInvalid_saysWhatIsWrongInWords(String text, String words) {
    ConfigText.file("f.yaml", text, mistakes);
    String problem = mistakes.found().get(0).message();
    assertTrue(problem.contains(words), problem);
  }

  @Test
  void yaml_whenAliasesMultiply_isRefusedAtTheFirst() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [%s]%n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    assertTrue(ConfigText.file("f.yaml", bomb.toString(), mistakes).isEmpty());
    assertOne(
        "f.yaml: must not use YAML anchors (&), aliases (*) and tags (!)"
            + " (f.yaml line 1, column 5)");
  }

  @Test
  void file_namedJson_isReadAsJson() {
    String text = "{\"a\": 1, # a comment of YAML\n}";
    assertEquals(Map.of("a", 1L), ConfigText.file("f.yaml", text, mistakes).orElseThrow());
    assertTrue(ConfigText.file("classpath:f.JSON", text, mistakes).isEmpty());
    assertOne("classpath:f.JSON: is not valid JSON (classpath:f.JSON line 1, column 10)");
  }

  @Test
  void file_withTooManyValues_saysWhatToDo() {
    ConfigText.file("f.json", "{\"a\":[" + "0,".repeat(5_000_000) + "0]}", mistakes);
    assertOne(
        "f.json: must hold at most 5000000 values (f.json line 1, column 10000003);"
            + " store the Consumers in a database (gatehouse.store=jpa) instead of this file");
  }

  @Test
  void json_withTwoErrors_reportsBothAndReadsTheRest() {
    Map<String, Object> tree =
        ConfigText.json("p", "{\"a\":null,\"b\":1,\"b\":2,\"c\":3}", mistakes).orElseThrow();
    assertEquals(Map.of("b", 1L, "c", 3L), tree);
    assertEquals(
        List.of("p.a", "p.b"), mistakes.found().stream().map(ConfigProblem::path).toList());
  }

  private void assertOne(String expected) {
    assertEquals(
        List.of(expected), mistakes.found().stream().map(ConfigProblem::toString).toList());
    assertFalse(mistakes.found().toString().contains("s3cr3t"));
  }
}
