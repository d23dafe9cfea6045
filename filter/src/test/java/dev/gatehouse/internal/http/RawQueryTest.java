package dev.gatehouse.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RawQueryTest {
  @Test
  void values_readsEveryFormOfAParameter() {
    assertEquals(List.of("k"), RawQuery.values("apikey=k", "apikey"));
    assertEquals(List.of("k", "l"), RawQuery.values("apikey=k&a=b&apikey=l", "apikey"));
    assertEquals(List.of(""), RawQuery.values("apikey", "apikey"));
    assertEquals(List.of(""), RawQuery.values("apikey=", "apikey"));
    assertEquals(List.of("a=b"), RawQuery.values("apikey=a=b", "apikey"));
    assertEquals(List.of("a b+c\u00e9"), RawQuery.values("%61pikey=a+b%2bc%C3%A9", "apikey"));
    assertEquals(List.of(), RawQuery.values("APIKEY=k&xapikey=k&=k&&", "apikey"));
    assertEquals(List.of(), RawQuery.values(null, "apikey"));
    assertEquals(List.of(), RawQuery.values("", "apikey"));
  }

  @Test
  void values_whenAValueCannotBeDecoded_isEmptyAndNotMissing() {
    assertEquals(List.of(""), RawQuery.values("apikey=%zz", "apikey"));
    assertEquals(List.of(""), RawQuery.values("apikey=%ff", "apikey"));
    assertEquals(List.of(""), RawQuery.values("apikey=%4", "apikey"));
    assertEquals(List.of(), RawQuery.values("%zz=k", "apikey"));
  }

  @Test
  void without_preservesAllOtherBytes() {
    assertEquals("a=%20&b", RawQuery.without("a=%20&apikey=k&b", Set.of("apikey")));
    assertEquals("&a=1&&", RawQuery.without("&a=1&&", Set.of("apikey")));
    assertEquals("a=1", RawQuery.without("a=1&%61pikey=k", Set.of("apikey")));
    assertEquals("a=1", RawQuery.without("apikey=k&a=1&apikey", Set.of("apikey")));
    assertNull(RawQuery.without("apikey=k", Set.of("apikey")));
    assertNull(RawQuery.without(null, Set.of("apikey")));
    assertEquals("apikey=k", RawQuery.without("apikey=k", Set.of()));
  }
}
