package dev.gatehouse.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatehouse.Secret;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SecretReferencesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("KEY", "s3cr3t", "JSON", "{\"a\":\"s3cr3t-a\",\"n\":5,\"b/c\":\"deep\"}", "EMPTY", "");
  private static final Map<String, String> FILES =
      Map.of("/run/key", "s3cr3t-f\n", "/run/crlf", "x\r\n", "/run/two", "x\n\n", "/run/nil", "\n");

  private final ConfigProblems malformed = new ConfigProblems();
  private final ConfigProblems unresolved = new ConfigProblems();
  private final SecretReferences references =
      new SecretReferences(
          ENVIRONMENT::get,
          file -> {
            String text = FILES.get(file.toString());
            if (text == null) {
              throw new NoSuchFileException(file.toString());
            }
            return text;
          });

  @ParameterizedTest
  @CsvSource({
    "$env://KEY, s3cr3t",
    "$ENV://KEY, s3cr3t",
    "$env://JSON/a, s3cr3t-a",
    "$env://JSON/b/c, deep",
    "$file:///run/key, s3cr3t-f",
    "$file:///run/crlf, x"
  })
  void resolve_whenThere_givesASecret(String reference, String expected) {
    assertEquals(Map.of("a", Secret.of(expected)), resolve(Map.of("a", reference)));
    assertEquals(List.of(), found(malformed));
    assertEquals(List.of(), found(unresolved));
  }

  @Test
  void resolve_whenFileEndsInTwoNewlines_dropsOne() {
    assertEquals(Map.of("a", Secret.of("x\n")), resolve(Map.of("a", "$file:///run/two")));
  }

  @ParameterizedTest
  @CsvSource({"env://KEY", "$env:/KEY", "x$env://KEY", "$ENV", "plain"})
  void resolve_whenNoReference_leavesTheText(String text) {
    assertEquals(Map.of("a", text), resolve(Map.of("a", text)));
  }

  @Test
  void resolve_reachesListsAndObjects() {
    assertEquals(
        Map.of("o", Map.of("l", List.of(1L, Secret.of("s3cr3t")))),
        resolve(Map.of("o", Map.of("l", List.of(1L, "$env://KEY")))));
  }

  static Stream<Arguments> absent() {
    return Stream.of(
        Arguments.of("$env://NONE", "environment variable NONE is not set"),
        Arguments.of("$env://EMPTY", "environment variable EMPTY is not set"),
        Arguments.of(
            "$env://JSON/n",
            "environment variable JSON is not a JSON object with such a text member"),
        Arguments.of(
            "$env://KEY/x",
            "environment variable KEY is not a JSON object with such a text member"),
        Arguments.of("$file:///run/none", "file /run/none is not there"),
        Arguments.of("$file:///run/nil", "file /run/nil is empty"));
  }

  @ParameterizedTest
  @MethodSource("absent")
  void resolve_whenNotThere_isReportedByFullPath(String reference, String problem) {
    assertFalse(resolve(Map.of("o", Map.of("l", List.of(reference)))).toString().contains("$"));
    assertEquals(List.of("at.o.l[0]: " + problem), found(unresolved));
    assertEquals(List.of(), found(malformed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$env://|must be $env://NAME or $env://NAME/member",
        "$env://KEY/|must be $env://NAME or $env://NAME/member",
        "$file://relative|must be $file:///absolute/path",
        "$secret://vault/1/s3cr3t|$secret:// is not known; known are $env://NAME,"
            + " $env://NAME/member, $file:///absolute/path and $text://text"
      })
  void resolve_whenItCanNeverResolve_isAProblem(String reference, String problem) {
    assertFalse(resolve(Map.of("a", reference)).containsValue(reference));
    assertEquals(List.of("at.a: " + problem), found(malformed));
    assertEquals(List.of(), found(unresolved));
  }

  @Test
  void ofProcess_readsRegularUtf8FilesUpToTheCap(@TempDir Path directory) throws IOException {
    Path good = Files.writeString(directory.resolve("good"), "clé\n");
    Path large = Files.write(directory.resolve("large"), new byte[Utf8Files.SECRET_BYTES + 1]);
    Path latin =
        Files.write(directory.resolve("latin"), "clé".getBytes(StandardCharsets.ISO_8859_1));
    Map<String, Object> tree = Map.of("good", "$file://" + good);
    SecretReferences real = SecretReferences.ofProcess();
    assertEquals(
        Map.of("good", Secret.of("clé")),
        real.resolve("", tree, new SecretReferences.Sinks(malformed, unresolved)));
    for (Path bad : List.of(large, latin, directory, directory.resolve("none"))) {
      real.text("p", "$file://" + bad, new SecretReferences.Sinks(malformed, unresolved));
    }
    assertEquals(
        List.of(
            "p: file " + large + " has more than 65536 bytes",
            "p: file " + latin + " is not UTF-8",
            "p: file " + directory + " is not a regular file",
            "p: file " + directory.resolve("none") + " is not there"),
        found(unresolved));
  }

  private Map<String, Object> resolve(Map<String, Object> tree) {
    return references.resolve("at", tree, new SecretReferences.Sinks(malformed, unresolved));
  }

  private static List<String> found(ConfigProblems mistakes) {
    return mistakes.found().stream().map(ConfigProblem::toString).toList();
  }
}
