package dev.gatehouse.internal.restrict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelValuesProperties {
  private final LabelValues values = new LabelValues();

  @Property(tries = 2_000)
  void anyOf_ofAnyText_neverThrows(@ForAll("almostJson") String label) {
    values.anyOf(label, Set.of("a", "gold"));
  }

  @Property
  void anyOf_ofAList_findsEachPart(@ForAll("words") List<String> words) {
    String label = String.join(" , ", words);
    for (String word : words) {
      assertTrue(values.anyOf(label, Set.of(word)));
    }
    assertEquals(false, values.anyOf(label, Set.of("absent")));
  }

  @Property(tries = 200)
  void anyOf_ofAnArray_findsEachText(
      @ForAll @Size(max = 10) List<@StringLength(max = 20) String> texts)
      throws JsonProcessingException {
    String label = new ObjectMapper().writeValueAsString(texts);
    for (String text : texts) {
      assertTrue(values.anyOf(label, Set.of(text)));
    }
    assertEquals(false, values.anyOf(label, Set.of("certainly absent")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"banned\",{\"a\":1,\"a\":2}]",
        "[{\"a\":{\"b\":1,\"b\":2}},\"banned\"]",
        "[\"banned\",1e99999999999]"
      })
  void anyOf_ofAnArray_ignoresItemsThatAreNoTexts(String label) {
    assertTrue(values.anyOf(label, Set.of("banned")));
    assertEquals(Set.of("banned"), values.of(label));
  }

  @Provide
  Arbitrary<String> almostJson() {
    return Arbitraries.of(
            "[", "]", "{", "}", "\"", ",", "a", "gold", "\\", "\\u00", "1e", "null", " ")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts))
        .map(text -> text.length() % 2 == 0 ? "[" + text : text);
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings()
        .alpha()
        .ofMinLength(1)
        .ofMaxLength(5)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
