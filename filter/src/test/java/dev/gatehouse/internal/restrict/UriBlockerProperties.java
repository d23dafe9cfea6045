package dev.gatehouse.internal.restrict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** How {@link UriBlocker} reads a query that anybody may have written. */
class UriBlockerProperties {
  @Property
  void decoded_anyQuery_isRead(@ForAll String query) {
    assertNotNull(UriBlocker.decoded(query));
  }

  @Property(tries = 5000)
  void decoded_anyEscapes_areRead(
      @ForAll @Chars({'%', '+', '2', 'f', 'g', '-'}) @StringLength(max = 12) String query) {
    assertNotNull(UriBlocker.decoded(query));
  }

  @Property
  void decoded_whatTheJdkEscapes_isReadBack(@ForAll String text) {
    String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertEquals(bytes, UriBlocker.decoded(URLEncoder.encode(bytes, StandardCharsets.UTF_8)));
  }

  @Example
  void decoded_overlongSlash_isNoSlash() {
    assertEquals("\ufffd\ufffd", UriBlocker.decoded("%c0%af"));
  }
}
