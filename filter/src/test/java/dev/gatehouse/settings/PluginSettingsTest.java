package dev.gatehouse.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PluginSettingsTest {
  @Test
  void of_copiesTheWholeTree() {
    List<Object> list = new ArrayList<>(List.of("a"));
    Map<String, Object> inner = new LinkedHashMap<>(Map.of("list", list));
    Map<String, Object> outer = new LinkedHashMap<>(Map.of("inner", inner));
    PluginSettings settings = PluginSettings.of(outer);
    list.add("b");
    inner.put("x", 1L);
    outer.clear();
    assertEquals(Map.of("inner", Map.of("list", List.of("a"))), settings.values());
  }

  @Test
  void values_cannotBeChanged() {
    Map<String, Object> values = PluginSettings.of(Map.of("m", Map.of("a", 1L))).values();
    assertThrows(UnsupportedOperationException.class, () -> values.put("x", 1L));
    Map<?, ?> inner = assertInstanceOf(Map.class, values.get("m"));
    assertThrows(UnsupportedOperationException.class, inner::clear);
  }

  @Test
  void values_preserveTheirOrder() {
    Map<String, Object> tree = new LinkedHashMap<>();
    List<String> names = List.of("z", "a", "m", "b", "y");
    names.forEach(name -> tree.put(name, 1L));
    assertEquals(names, List.copyOf(PluginSettings.of(tree).values().keySet()));
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        Arguments.of(7, 7L),
        Arguments.of((short) 7, 7L),
        Arguments.of((byte) 7, 7L),
        Arguments.of(Long.MAX_VALUE, Long.MAX_VALUE),
        Arguments.of(BigInteger.TEN, 10L),
        Arguments.of(new BigDecimal("1E+3"), 1000L),
        Arguments.of(1.5, new BigDecimal("1.5")),
        Arguments.of(new BigDecimal("5.0"), new BigDecimal("5.0")),
        Arguments.of(new BigDecimal("1E+19"), new BigDecimal("1E+19")),
        Arguments.of(new BigDecimal("1E+2147483647"), new BigDecimal("1E+2147483647")),
        Arguments.of(new BigDecimal("-1E+2147483647"), new BigDecimal("-1E+2147483647")));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbers_becomeLongWhenWholeAndExactOtherwise(Number given, Number stored) {
    assertEquals(stored, PluginSettings.of(Map.of("n", given)).value("n"));
  }

  @Test
  void valuesOutsideJson_areRefused() {
    for (Object value : List.of('c', Double.NaN, Double.POSITIVE_INFINITY, new Object())) {
      assertThrows(
          IllegalArgumentException.class,
          () -> PluginSettings.of(Map.of("v", value)),
          value::toString);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> PluginSettings.of(Map.of("list", Collections.singletonList(null))));
  }

  @Test
  void toString_showsNamesAndNoValue() {
    PluginSettings settings = PluginSettings.of(Map.of("key", "hunter2"));
    assertEquals("{key}", settings.toString());
    assertFalse(new Holder(settings).toString().contains("hunter2"));
  }

  @Test
  void equals_comparesContent() {
    assertEquals(PluginSettings.of(Map.of("a", 1)), PluginSettings.of(Map.of("a", 1L)));
    assertEquals(
        PluginSettings.of(Map.of("a", 1)).hashCode(),
        PluginSettings.of(Map.of("a", 1L)).hashCode());
    assertNotEquals(PluginSettings.of(Map.of("a", 1)), PluginSettings.of(Map.of("a", 2)));
    assertNotEquals((Object) PluginSettings.EMPTY, Map.of());
    assertSame(PluginSettings.EMPTY, PluginSettings.of(Map.of()));
    assertNull(PluginSettings.EMPTY.value("a"));
  }

  @Test
  void pluginSet_preservesOrderAndPrintsNames() {
    Map<String, PluginSettings> plugins = new LinkedHashMap<>();
    plugins.put("key-auth", PluginSettings.of(Map.of("key", "hunter2")));
    plugins.put("acl", PluginSettings.EMPTY);
    PluginSet set = PluginSet.of(plugins);
    plugins.clear();
    assertEquals("key-auth|acl", set.toString());
    assertEquals(PluginSettings.EMPTY, set.get("acl"));
    assertNull(set.get("limit-count"));
    assertThrows(UnsupportedOperationException.class, () -> set.asMap().clear());
    assertFalse(set.isEmpty());
  }

  @Test
  void pluginSet_equalsByContent() {
    PluginSet one = PluginSet.of(Map.of("acl", PluginSettings.of(Map.of("a", 1))));
    PluginSet same = PluginSet.of(Map.of("acl", PluginSettings.of(Map.of("a", 1))));
    PluginSet other = PluginSet.of(Map.of("acl", PluginSettings.of(Map.of("a", 2))));
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(one, other);
    assertSame(PluginSet.EMPTY, PluginSet.of(Map.of()));
    assertTrue(PluginSet.EMPTY.isEmpty());
  }

  private record Holder(PluginSettings settings) {}
}
