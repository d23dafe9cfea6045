package dev.gatehouse.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule for source text finds the text planted against it. */
class SourceRulesTest {
  private static final String PLANTED =
      """
      package planted;

      import java.util.List;

      /** Whoever asks is told; reference section 4.2, security S3. */
      final class Planted {
        static final int MOST_KEYS = 1;
        // nobody
        static final String MESSAGE = "who calls /* no comment */";
        static final String WORD = "kept";

        record Wide(int a, int b, int c, int d, int e) {
          Wide {
            check();
          }

          Wide(int a, int b, int c, int d) {
            this(a, b, c, d, 0);
          }
        }

        static final class Builder {
          static final class Wide {}
        }

        void long_whenKept(int a, int b, int c, int d, int e) {
          // a comment

          run();
          new Object() {
            void inner() {
              run();
            }
          };
        }

        @Override
        public void given(int a, int b, int c, int d, int e) {}
      }
      """;

  @Test
  void lines_areCountedWithoutBlanksCommentsAndImports() throws IOException {
    assertEquals(Map.of("Planted.java", 26), SourceSizes.files(planted()));
    assertEquals(8, SourceSizes.methods(planted()).get("Planted.long_whenKept"));
    assertEquals(3, SourceSizes.methods(planted()).get("Planted.inner"));
    assertEquals(Map.of("planted", 1), SourceSizes.packages(planted()));
  }

  @Test
  void parameters_areCountedButForHeadersAndOverrides() throws IOException {
    assertEquals(
        List.of("Planted.long_whenKept has 5, at most 4"),
        Budget.over(SourceSizes.parameters(planted()), 4, Map.of()));
  }

  @Test
  void repeatedTypeName_isFound() throws IOException {
    assertEquals(
        List.of("Wide has 2, at most 1"),
        Budget.over(SourceSizes.typeNames(planted()), 1, Map.of()));
  }

  @Test
  void words_areFoundInCommentsAndMessages() throws IOException {
    JavaSource source = planted().get(0);
    assertEquals(
        Map.of("whoever", 1L, "told", 1L, "nobody", 1L),
        Words.count(Words.IDIOM, source.comments()));
    assertEquals(Map.of("who", 1L), Words.count(Words.IDIOM, source.messages()));
    assertEquals(
        Map.of("reference section 4.2", 1L, "security s3", 1L),
        Words.count(Words.CITATION, source.comments()));
    assertEquals("acquire when Over is Refused", Words.spaced("acquire_whenOver_isRefused"));
    assertEquals(500.0, Words.returns(List.of("Returns 1", "x")));
  }

  @Test
  void constants_areFoundWithTheirClass() throws IOException {
    assertEquals(
        List.of("Planted.MESSAGE", "Planted.MOST_KEYS", "Planted.WORD"),
        SourceSizes.constants(planted()).stream().sorted().toList());
  }

  @Test
  void exception_mayOnlyShrink() {
    Map<String, Integer> sizes = Map.of("a", 5, "b", 7, "c", 3);
    assertEquals(List.of(), Budget.over(sizes, 4, Map.of("a", 6, "b", 7)));
    assertEquals(
        List.of(
            "a has 5, at most 4",
            "b has 7, at most 6",
            "c has 3: remove it from the exceptions",
            "d has 0: remove it from the exceptions"),
        Budget.over(sizes, 4, Map.of("b", 6, "c", 5, "d", 9)));
  }

  @Test
  void budget_mayOnlyShrink() {
    assertEquals(List.of("at most 9, now 10: where"), Budget.shrinking(10, 9, "where"));
    assertEquals(List.of(), Budget.shrinking(18, 20, ""));
    assertEquals(List.of("at most 20, now 17: lower the number"), Budget.shrinking(17, 20, ""));
    assertEquals(List.of("at most 1, now 0: lower the number"), Budget.shrinking(0, 1, ""));
    assertEquals(List.of(), Budget.shrinking(0, 0, ""));
  }

  private static List<JavaSource> planted() throws IOException {
    return List.of(JavaSource.of("Planted.java", PLANTED));
  }
}
