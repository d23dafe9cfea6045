package dev.gatehouse.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void write_ofEveryKindOfValue_isJsonWithoutBlanks() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("text", "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u00e9");
    tree.put("numbers", List.of(1, -2L, new BigDecimal("1.50E+3")));
    tree.put("rest", Arrays.asList(true, null, List.of(), Map.of()));

    assertEquals(
        "{\"text\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001F\u007f\u00e9\","
            + "\"numbers\":[1,-2,1.50E+3],\"rest\":[true,null,[],{}]}",
        JsonWriter.write(tree));
  }

  @Test
  void ascii_escapesWhatIsBeyondIt() {
    assertEquals("\"~\\u007F\\u00E9\\uD83D\"", JsonWriter.ascii("~\u007f\u00e9\ud83d"));
  }

  @Test
  void write_ofAnotherType_isShownOrRefused() {
    assertEquals("[\"other\"]", JsonWriter.write(List.of('c'), value -> "other"));
    assertThrows(IllegalArgumentException.class, () -> JsonWriter.write(List.of('c')));
  }
}
