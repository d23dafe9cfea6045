package dev.gatehouse.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class RawQueryProperties {
  @Property
  void values_anyText_isReadWithoutException(@ForAll String query, @ForAll String name) {
    RawQuery.values(query, name);
  }

  @Property
  void values_whatAClientEncodes_isReadBack(@ForAll @StringLength(max = 20) String value) {
    String sane = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String query = "a=1&k=" + URLEncoder.encode(sane, StandardCharsets.UTF_8) + "&b=2";
    assertEquals(List.of(sane), RawQuery.values(query, "k"));
  }

  @Property
  void without_whatIsHidden_isNeverFoundAgain(@ForAll String query, @ForAll String name) {
    String rest = RawQuery.without(query, Set.of(name));
    assertTrue(name.isEmpty() || RawQuery.values(rest, name).isEmpty());
  }
}
