package dev.gatehouse.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static final StrictJson JSON =
      StrictJson.json(
          new Bounds(
              1 << 20,
              32,
              1 << 20,
              new NumberForm(40, 32, 3, 18),
              Set.of(Bounds.Rule.PAIRED_SURROGATES)));

  @Test
  void object_ofEveryKindOfValue_isRead() {
    Map<String, ?> read =
        read(
            " {\"a\" : 1,\n\"b\":-0.50e+2 , \"c\":[ ],\"d\":{ },\"e\":[true,false,null,\"x\"],"
                + "\"f\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83d\\uDE00\u00e9\",\"\":{\"g\":[[0]]},"
                + "\"h\":123456789012345678,\"i\":1234567890123456789}\t");

    assertNotNull(read);
    assertEquals(1L, read.get("a"));
    assertEquals(new BigDecimal("-0.50e+2"), read.get("b"));
    assertEquals(List.of(), read.get("c"));
    assertEquals(Map.of(), read.get("d"));
    assertEquals(Arrays.asList(true, false, null, "x"), read.get("e"));
    assertEquals("\"\\/\b\f\n\r\té\ud83d\ude00é", read.get("f"));
    assertEquals(Map.of("g", List.of(List.of(0L))), read.get(""));
    assertEquals(123456789012345678L, read.get("h"));
    assertEquals(new BigDecimal("1234567890123456789"), read.get("i"));
    assertThrows(UnsupportedOperationException.class, read::clear);
  }

  @Test
  void texts_ofAList_leavesOtherItemsOut() throws JsonException {
    assertEquals(
        List.of("a", "b"),
        JSON.texts("[\"a\", 1, 1e9999, null, [\"x\"], {\"y\":\"z\",\"y\":2}, \"b\"]"));
    assertEquals(List.of(), JSON.texts("[]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "\"a\"", "[", "[\"a\"", "[\"a\",]", "[\"a\"]x", "[[\"a\"]", "[{\"a\"]"})
  void texts_ofOtherText_isRefused(String text) {
    assertThrows(JsonException.class, () -> JSON.texts(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "[]",
        "null",
        "\"a\"",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{}\u0000",
        "\ufeff{}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1;\"b\":2}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":[}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":0x1}",
        "{\"a\":1e1000}",
        "{\"a\":1e-1000}",
        "{\"a\":True}",
        "{\"a\":nul}",
        "{\"a\":\"b}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\",
        "{\"a\":\"\\u",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\ud83d\"}",
        "{\"a\":\"\\ude00\\ud83d\"}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":[{\"b\":1,\"b\":2}]}",
        "{/**/}",
        "{\u00a0}"
      })
  void text_thatIsNotOneStrictObject_isRefused(String text) {
    assertNull(read(text));
  }

  @Test
  void bytes_thatAreNotUtf8_areRefused() {
    for (int[] bad :
        List.of(
            new int[] {0x80},
            new int[] {0xc0, 0xaf},
            new int[] {0xe9},
            new int[] {0xed, 0xa0, 0x80},
            new int[] {0xf5, 0x80, 0x80, 0x80},
            new int[] {0xff})) {
      List<Byte> json = new ArrayList<>();
      "{\"a\":\"".chars().forEach(c -> json.add((byte) c));
      Arrays.stream(bad).forEach(c -> json.add((byte) c));
      "\"}".chars().forEach(c -> json.add((byte) c));
      byte[] bytes = new byte[json.size()];
      Arrays.setAll(new Object[bytes.length], i -> bytes[i] = json.get(i));
      assertNull(JSON.objectOrNull(bytes));
    }
  }

  @Test
  void nesting_goesToThirtyTwoLevels() {
    assertNotNull(read("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}"));
    assertNull(read("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"));
    assertNotNull(read("{\"a\":".repeat(31) + "{}" + "}".repeat(31)));
    assertNull(read("{\"a\":".repeat(32) + "{}" + "}".repeat(32)));
    assertNull(read("{\"a\":".repeat(1600)));
  }

  @Test
  void numbers_haveThirtyTwoDigits() {
    assertNotNull(read("{\"a\":" + "9".repeat(32) + "}"));
    assertNull(read("{\"a\":" + "9".repeat(33) + "}"));
    assertNotNull(read("{\"a\":-1." + "9".repeat(28) + "e+999}"));
    assertNull(read("{\"a\":-1." + "9".repeat(29) + "e+999}"));
  }

  private static @Nullable Map<String, ?> read(String text) {
    return JSON.objectOrNull(text.getBytes(StandardCharsets.UTF_8));
  }
}
