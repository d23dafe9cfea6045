package dev.gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the pages of the repository: links, anchors, the index, and names of tests. */
class PagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*`");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern TEST_NAME =
      Pattern.compile("`(\\w+(?:Test|IT|Properties|Contract))`");

  @Test
  void internalLinks_resolve() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String target : links(page)) {
        if (!resolves(page, target)) {
          broken.add(page + ": " + target);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void brokenLinks_areFound() throws IOException {
    Path page = DOCS.resolve("store.md");
    assertTrue(resolves(page, "cluster.md"));
    assertTrue(resolves(page, "#tables"));
    assertFalse(resolves(page, "clusters.md"));
    assertFalse(resolves(page, "cluster.md#tables"));
    assertEquals("metrics-health-and-access-logs", anchor("Metrics, health and access logs"));
    assertEquals("2-write-web-infgatehouseyaml", anchor("2. Write `WEB-INF/gatehouse.yaml`"));
  }

  @Test
  void index_namesEveryPageOfDocs() throws IOException {
    Set<String> linked = new HashSet<>(links(DOCS.resolve("README.md")));
    try (Stream<Path> files = Files.list(DOCS)) {
      List<String> missing =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
              .filter(name -> !linked.contains(name))
              .sorted()
              .toList();
      assertEquals(List.of(), missing);
    }
  }

  @Test
  void namedTests_exist() throws IOException {
    Set<String> classes = sources();
    List<String> unknown = new ArrayList<>();
    for (Path page : pages()) {
      if (!page.endsWith("CHANGELOG.md")) {
        TEST_NAME
            .matcher(Files.readString(page))
            .results()
            .map(found -> found.group(1))
            .filter(name -> !classes.contains(name))
            .forEach(name -> unknown.add(page + ": " + name));
      }
    }
    assertEquals(List.of(), unknown);
  }

  private static Set<String> sources() throws IOException {
    Set<String> names = new HashSet<>();
    for (String module : List.of("filter", "cdi-extension", "jpa-store", "sample-war")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
      }
    }
    return names;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.list(DOCS)) {
      return Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static List<String> links(Path page) throws IOException {
    String text = CODE.matcher(Files.readString(page)).replaceAll("");
    return LINK.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static boolean resolves(Path page, String link) throws IOException {
    if (link.matches("[a-z]+:.*")) {
      return true;
    }
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? page : page.resolveSibling(path);
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0 || anchors(target).contains(link.substring(hash + 1));
  }

  private static Set<String> anchors(Path page) throws IOException {
    String text = FENCED.matcher(Files.readString(page)).replaceAll("");
    Set<String> anchors = new HashSet<>();
    for (MatchResult heading : HEADING.matcher(text).results().toList()) {
      String name = anchor(heading.group(1));
      String unique = name;
      for (int i = 1; !anchors.add(unique); i++) {
        unique = name + '-' + i;
      }
    }
    return anchors;
  }

  /** Returns the anchor that GitHub gives to a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
  }
}
