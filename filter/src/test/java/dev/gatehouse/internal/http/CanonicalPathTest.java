package dev.gatehouse.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../b",
        "/a/./b",
        "/..",
        "/.",
        "/a/...",
        "/a/..../b",
        "/a/%2e%2e/b",
        "/a/%2E/b",
        "/a/.%2e/",
        "//a",
        "/a//b",
        "/a//",
        "//",
        "/a;x=1",
        "/a;/b",
        "/a%3bx",
        "/a%3Bx",
        "/a%2fb",
        "/a%2Fb",
        "/a%5cb",
        "/a\\b",
        "/a%25b",
        "/a%252fb",
        "/a%00",
        "/a%0a",
        "/a%0d%0a",
        "/a%1f",
        "/a%7f",
        "/a%",
        "/a%4",
        "/a%zz",
        "/a%4g",
        "/a%u0041",
        "/a%c0%af",
        "/a%c0%ae%c0%ae/b",
        "/a%e0%80%af",
        "/a%ff",
        "/a%c3",
        "/a%ed%a0%80",
        "/a%c2%85",
        "/a b",
        "/a\tb",
        "/a\u0000",
        "/caf\u00e9",
        "/a#b",
        "/a?b",
        "",
        "*",
        "a",
        "http://host/a",
        "/a;jsessionid=1"
      })
  void of_whenRoutersCouldDiffer_refuses(String raw) {
    CanonicalPath path = CanonicalPath.of(raw, false);
    assertNull(path.decoded(), raw);
    assertNotNull(path.problem(), raw);
  }

  @ParameterizedTest
  @CsvSource({
    "/,/",
    "/a,/a",
    "/a/,/a/",
    "/a/b.c/d,/a/b.c/d",
    "/.hidden,/.hidden",
    "/a..b/c.,/a..b/c.",
    "/a%20b,/a b",
    "/caf%c3%a9,/caf\u00e9",
    "/%41%7E,/A~",
    "/a+b,/a+b",
    "/@:!$&'()*=,/@:!$&'()*="
  })
  void of_whenAllRoutersAgree_decodes(String raw, String decoded) {
    assertEquals(decoded, CanonicalPath.of(raw.replace("''", "'"), false).decoded());
  }

  @Test
  void of_whenSessionParameterIsAllowed_letsOneTrailingOneThrough() {
    assertEquals("/a", CanonicalPath.of("/a;jsessionid=A1.node-2_x", true).decoded());
    assertNull(CanonicalPath.of("/a;jsessionid=", true).decoded());
    assertNull(CanonicalPath.of("/a;jsessionid=1/b", true).decoded());
    assertNull(CanonicalPath.of("/a;jsessionid=1;x=2", true).decoded());
    assertNull(CanonicalPath.of("/a;x=2;jsessionid=1", true).decoded());
    assertNull(CanonicalPath.of("/a;JSESSIONID=1", true).decoded());
  }
}
