package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Runs every line that docs/clients.md shows, with the scripts that it shows. */
@ArquillianTest
class ClientsIT {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final Pattern NAME = Pattern.compile("sh (\\w+\\.sh) ");
  private static final int MAX_SCRIPT_LENGTH = 15;

  @ArquillianResource URI base = URI.create("http://127.0.0.1");

  @Deployment(testable = false)
  static WebArchive sample() {
    return SampleWar.named("clients").archive();
  }

  @Test
  void everyLineOfThePage_worksWithTheRightSecretOnly() throws Exception {
    Path directory = scripts();
    List<String> lines =
        blocks("console").stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("$ "))
            .map(line -> line.substring(2))
            .toList();
    assertEquals(4, lines.size(), lines::toString);
    for (String line : lines) {
      String answer = run(directory, line);
      assertTrue(answer.contains("\"consumer\":\"acme\""), line + "\n" + answer);
      String wrong = run(directory, line.replace("acme-demo-", "acme-wrong-"));
      assertFalse(wrong.contains("\"consumer\""), line + "\n" + wrong);
      assertTrue(wrong.contains("\"message\""), line + "\n" + wrong);
    }
  }

  @Test
  void scripts_areShort() throws Exception {
    for (String script : blocks("sh")) {
      assertTrue(script.lines().count() <= MAX_SCRIPT_LENGTH, script);
    }
  }

  private static Path scripts() throws IOException {
    Path directory = SampleWar.freshDirectory("clients");
    for (String script : blocks("sh")) {
      String name =
          NAME.matcher(script).results().map(found -> found.group(1)).findFirst().orElseThrow();
      Files.writeString(directory.resolve(name), script);
    }
    return directory;
  }

  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("..", "docs", "clients.md")))
        .results()
        .filter(found -> found.group(1).equals(language))
        .map((MatchResult found) -> found.group(2))
        .toList();
  }

  private String run(Path directory, String line) throws IOException, InterruptedException {
    String there = base.toString().replaceAll("/$", "");
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", line.replace("http://localhost:8080", there))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    shell.environment().putAll(Map.of("LC_ALL", "C"));
    Process process = shell.start();
    process.getOutputStream().close();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), line + "\n" + answer);
    return answer;
  }
}
