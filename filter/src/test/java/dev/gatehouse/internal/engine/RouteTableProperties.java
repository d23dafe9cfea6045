package dev.gatehouse.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.contract.FakeRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A look-up finds what a search over all patterns, in the order of the Servlet rules, finds. */
class RouteTableProperties {
  @Property(tries = 2_000)
  void find_isTheSearchOverAllPatterns(
      @ForAll("patterns") List<String> patterns, @ForAll("paths") String path) {
    TestGates gates = new TestGates();
    patterns.forEach(pattern -> gates.route(pattern, TestGates.plugins("first", "allow")));
    Verdict verdict = gates.open().admit(FakeRequest.get(path), Admission.NONE);
    Optional<String> expected =
        patterns.stream()
            .filter(pattern -> holds(pattern, path))
            .min(
                Comparator.comparingInt(RouteTableProperties::kind)
                    .thenComparing(pattern -> -pattern.length()))
            .map(pattern -> "route:r" + patterns.indexOf(pattern));
    Optional<String> found =
        verdict instanceof Verdict.Admit admit
            ? Optional.of(admit.headers().get(0).value())
            : Optional.empty();
    assertEquals(expected, found);
  }

  @Provide
  Arbitrary<List<String>> patterns() {
    Arbitrary<String> below = paths().map(path -> path.equals("/") ? "/*" : path + "/*");
    Arbitrary<String> ending = Arbitraries.of("*.a", "*.b", "*.a.b");
    return Arbitraries.oneOf(paths(), below, ending)
        .filter(pattern -> !pattern.contains("//"))
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("a", "b", "Aa", "BB", "x.a", "x.a.b")
        .list()
        .ofMaxSize(4)
        .flatMap(
            segments ->
                Arbitraries.of("", "/")
                    .map(end -> "/" + String.join("/", segments) + end)
                    .map(path -> path.replace("//", "/")));
  }

  private static int kind(String pattern) {
    return pattern.startsWith("*.") ? 2 : pattern.endsWith("/*") ? 1 : 0;
  }

  private static boolean holds(String pattern, String path) {
    String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return switch (kind(pattern)) {
      case 0 -> path.equals(pattern) || path.equals(pattern + "/");
      case 1 -> (path + "/").startsWith(pattern.substring(0, pattern.length() - 1));
      default -> whole.length() > pattern.length() - 1 && whole.endsWith(pattern.substring(1));
    };
  }
}
