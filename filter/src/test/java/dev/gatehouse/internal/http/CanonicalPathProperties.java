package dev.gatehouse.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalPathProperties {
  @Property
  void of_anyText_answersAPathOrAProblem(@ForAll String raw, @ForAll boolean session) {
    CanonicalPath path = CanonicalPath.of(raw, session);
    assertTrue((path.decoded() == null) != (path.problem() == null));
  }

  @Property
  void of_whatIsDecoded_hasNothingThatARouterCouldResolve(@ForAll("tricky") String raw) {
    String decoded = CanonicalPath.of(raw, false).decoded();
    if (decoded != null) {
      assertTrue(decoded.startsWith("/"));
      assertFalse(decoded.contains("//"));
      assertFalse(decoded.matches("(?s).*[;\\\\%\\x00-\\x1f\\x7f].*"), decoded);
      for (String segment : decoded.split("/", -1)) {
        assertFalse(segment.matches("\\.+"), decoded);
      }
      assertEquals(decoded, URI.create(raw).normalize().getPath());
    }
  }

  @Provide
  Arbitrary<String> tricky() {
    return Arbitraries.of("/", ".", "..", "a", "%2e", "%2f", "%41", "%c3%a9", ";", "\\", "~", "-")
        .list()
        .ofMaxSize(8)
        .map(parts -> "/" + String.join("", parts));
  }
}
