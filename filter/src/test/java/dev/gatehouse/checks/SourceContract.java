package dev.gatehouse.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What holds for the source text of a module: sizes, names and words. A module overrides the
 * exceptions that it has; they may only shrink.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SourceContract {
  private static final int FILE_LINES = 200;
  private static final int METHOD_LINES = 30;
  private static final int PARAMETERS = 4;
  private static final int PACKAGE_FILES = 25;
  private static final double RETURNS = 8;

  private static final Set<String> TESTS =
      Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "Property", "Example");

  /** A constant is named MAX_, MIN_ or DEFAULT_. */
  private static final Pattern ODD_CONSTANT =
      Pattern.compile("\\b(most|least|longest|deepest|usual)(_\\w*)?$");

  private final List<JavaSource> main;
  private final Path testDirectory;

  protected SourceContract() {
    Path sources = Path.of("src");
    testDirectory = sources.resolve("test/java");
    try {
      main = JavaSource.below(sources.resolve("main/java"));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the sources", e);
    }
  }

  /** Returns the files of more than 200 lines of code, with their lines. */
  protected Map<String, Integer> largeFiles() {
    return Map.of();
  }

  /** Returns the methods of more than 30 lines of code, with their lines. */
  protected Map<String, Integer> longMethods() {
    return Map.of();
  }

  /** Returns the methods of more than four parameters, with their number. */
  protected Map<String, Integer> manyParameters() {
    return Map.of();
  }

  /** Returns the packages of more than 25 files, with their number. */
  protected Map<String, Integer> largePackages() {
    return Map.of();
  }

  /** Returns the simple names that more than one type has, with the number of these types. */
  protected Map<String, Integer> repeatedNames() {
    return Map.of();
  }

  /** Returns how many constants may be named MOST_, LEAST_ or the like. */
  protected int oddConstants() {
    return 0;
  }

  /** Returns how many words of the word list comments may have. */
  protected int idiomInComments() {
    return 0;
  }

  /** Returns how many words of the word list messages may have. */
  protected int idiomInMessages() {
    return 0;
  }

  /** Returns how many words of the word list names of tests may have. */
  protected int idiomInTestNames() {
    return 0;
  }

  /** Returns how many comments may cite a page that is not in the repository. */
  protected int citations() {
    return 0;
  }

  /** Returns how often the comments must at least say "returns", in a thousand words. */
  protected double returns() {
    return RETURNS;
  }

  @Test
  void files_haveAtMost200LinesOfCode() {
    assertNone(Budget.over(SourceSizes.files(main), FILE_LINES, largeFiles()));
  }

  @Test
  void methods_haveAtMost30LinesOfCode() {
    assertNone(Budget.over(SourceSizes.methods(main), METHOD_LINES, longMethods()));
  }

  @Test
  void methods_haveAtMostFourParameters() {
    assertNone(Budget.over(SourceSizes.parameters(main), PARAMETERS, manyParameters()));
  }

  @Test
  void packages_haveAtMost25Files() {
    assertNone(Budget.over(SourceSizes.packages(main), PACKAGE_FILES, largePackages()));
  }

  @Test
  void simpleNames_belongToOneType() {
    assertNone(Budget.over(SourceSizes.typeNames(main), 1, repeatedNames()));
  }

  @Test
  void constants_areNamedMaxMinOrDefault() {
    assertWords(ODD_CONSTANT, SourceSizes.constants(main), oddConstants());
  }

  @Test
  void comments_areInPlainEnglish() {
    assertWords(Words.IDIOM, comments(), idiomInComments());
  }

  @Test
  void messages_areInPlainEnglish() {
    assertWords(
        Words.IDIOM, main.stream().flatMap(s -> s.messages().stream()).toList(), idiomInMessages());
  }

  @Test
  void testNames_areInPlainEnglish() throws IOException {
    List<String> names = new ArrayList<>();
    for (JavaSource source : JavaSource.below(testDirectory)) {
      SourceSizes.eachMethod(
          source,
          (name, method) -> {
            if (SourceSizes.annotations(method).stream().anyMatch(TESTS::contains)) {
              names.add(Words.spaced(method.getName().toString()));
            }
          });
    }
    assertWords(Words.IDIOM, names, idiomInTestNames());
  }

  @Test
  void commentsOfTests_areInPlainEnglish_andCiteNoPages() throws IOException {
    List<String> comments =
        JavaSource.below(testDirectory).stream()
            .flatMap(source -> source.comments().stream())
            .toList();
    assertWords(Words.IDIOM, comments, 0);
    assertWords(Words.CITATION, comments, 0);
  }

  @Test
  void comments_citeNoPagesOutsideTheRepository() {
    assertWords(Words.CITATION, comments(), citations());
  }

  @Test
  void comments_sayWhatMethodsReturn() {
    double now = Words.returns(comments());
    assertTrue(
        now >= returns(),
        () -> "\"returns\" in 1,000 words: at least " + returns() + ", now " + now);
    assertTrue(
        returns() >= RETURNS || now < returns() + 1,
        () -> "\"returns\" in 1,000 words: " + returns() + ", now " + now + ": raise the number");
  }

  private List<String> comments() {
    return main.stream().flatMap(source -> source.comments().stream()).toList();
  }

  private static void assertWords(Pattern pattern, List<String> texts, int budget) {
    Map<String, Long> found = Words.count(pattern, texts);
    assertNone(Budget.shrinking(Words.total(pattern, texts), budget, found));
  }

  private static void assertNone(List<String> problems) {
    assertEquals("", String.join("\n", problems));
  }
}
