package dev.gatehouse.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages are in plain English and cite no pages that readers do not have. */
class PageWordsTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void readmeAndDocs_areInPlainEnglish() throws IOException {
    assertWords(Words.IDIOM, pages(), 0);
  }

  @Test
  void openVersionOfChangelog_isInPlainEnglish() throws IOException {
    assertWords(Words.IDIOM, List.of(openVersion(read("CHANGELOG.md"))), 0);
  }

  @Test
  void otherPages_areInPlainEnglish() throws IOException {
    assertWords(Words.IDIOM, List.of(read("CONTRIBUTING.md"), read("SECURITY.md")), 0);
  }

  @Test
  void pages_citeNoPagesOutsideTheRepository() throws IOException {
    List<String> all = new ArrayList<>(pages());
    all.add(openVersion(read("CHANGELOG.md")));
    all.add(read("CONTRIBUTING.md"));
    all.add(read("SECURITY.md"));
    assertWords(Words.CITATION, all, 0);
  }

  @Test
  void words_areFoundOutsideCode() {
    String page = "told\n```\nwho\n```\n`kept` whom";
    assertEquals(Map.of("told", 1L, "whom", 1L), Words.count(Words.IDIOM, List.of(prose(page))));
  }

  @Test
  void openVersion_endsBeforeTheNextOne() {
    assertEquals("a\n### b", openVersion("# Changelog\n## [Unreleased]\na\n### b\n## [1.0.0]\nc"));
  }

  /** Returns the part of a changelog below its first heading of a version. */
  private static String openVersion(String changelog) {
    String below = changelog.substring(changelog.indexOf("\n## ") + 1);
    String body = below.substring(below.indexOf('\n') + 1);
    int next = body.indexOf("\n## ");
    return next < 0 ? body : body.substring(0, next);
  }

  private static void assertWords(Pattern pattern, List<String> texts, int budget) {
    List<String> problems =
        Budget.shrinking(
            Words.total(pattern, texts), budget, Words.count(pattern, texts).toString());
    assertEquals("", String.join("\n", problems));
  }

  private static List<String> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      List<String> pages = new ArrayList<>();
      List<Path> docs =
          files.filter(file -> file.toString().endsWith(".md")).collect(Collectors.toList());
      for (Path page : docs) {
        pages.add(Files.readString(page));
      }
      pages.add(Files.readString(ROOT.resolve("README.md")));
      return pages.stream().map(PageWordsTest::prose).toList();
    }
  }

  private static String read(String file) throws IOException {
    return prose(Files.readString(ROOT.resolve(file)));
  }

  /** Returns a page without its code. */
  private static String prose(String page) {
    return page.replaceAll("(?ms)^```.*?^```$|`[^`\n]*`", "");
  }
}
