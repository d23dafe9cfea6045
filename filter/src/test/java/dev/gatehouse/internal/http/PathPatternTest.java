package dev.gatehouse.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
  @ParameterizedTest
  @CsvSource({
    "/a, /a, true, true",
    "/a, /a/, false, true",
    "/a, /ab, false, false",
    "/, /, true, true",
    "/a/*, /a, true, true",
    "/a/*, /a/b, true, true",
    "/a/*, /ab, false, false",
    "/*, /, true, true",
    "*.do, /x.do, true, true",
    "*.do, /x.do/, false, true",
    "*.do, /x.dot, false, false",
    "*.do, /do, false, false",
  })
  void matches_byTheRulesOfServlets(String pattern, String path, boolean exactly, boolean loosely) {
    assertEquals(exactly, PathPattern.of(pattern).matches(path));
    assertEquals(loosely, PathPattern.of(pattern).matchesLoosely(path));
  }
}
