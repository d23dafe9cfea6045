package dev.gatehouse.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RawCookiesTest {
  @Test
  void values_areReadAsSent() {
    assertEquals(
        List.of("x", "\"y\""), RawCookies.values(List.of("a=1; jwt=x", "jwt=\"y\""), "jwt"));
    assertEquals(List.of("b=c"), RawCookies.values(List.of("jwt=b=c"), "jwt"));
    assertEquals(List.of(), RawCookies.values(List.of("JWT=x; jwtx=1; jwt"), "jwt"));
  }

  @Test
  void without_preservesOtherCookies() {
    assertEquals(
        "a=x%20y; b=k=v; c=\"q\"",
        RawCookies.without("a=x%20y; jwt=t; b=k=v; c=\"q\"", Set.of("jwt")));
    assertEquals("a=1;b=2", RawCookies.without("a=1;b=2", Set.of("jwt")));
    assertNull(RawCookies.without("jwt=t", Set.of("jwt")));
  }
}
