package dev.gatehouse.internal.http;

import static dev.gatehouse.internal.http.PercentDecoder.Plus.BLANK;
import static dev.gatehouse.internal.http.PercentDecoder.Plus.ITSELF;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentDecoderTest {
  @Test
  void utf8_ofEscapes_isTheirText() {
    assertEquals(
        "a b+c\u00e9\ud83d\ude00/", PercentDecoder.utf8("a+b%2bc%C3%A9\ud83d\ude00/", BLANK));
    assertEquals("a+b", PercentDecoder.utf8("a+b", ITSELF));
    assertEquals("", PercentDecoder.utf8("", BLANK));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "a%", "%zz", "%4g", "%+1", "%-1", "%\uff11\uff11"})
  void malformedEscape_isRefusedOrItself(String text) {
    assertNull(PercentDecoder.utf8(text, ITSELF));
    assertNull(PercentDecoder.bytes(text, ITSELF));
    assertEquals(text, PercentDecoder.lenient(text, ITSELF));
  }

  @Test
  void bytesThatAreNotUtf8_areRefusedOrReplaced() {
    assertNull(PercentDecoder.utf8("%ff", ITSELF));
    assertArrayEquals(new byte[] {-1, 'a'}, PercentDecoder.bytes("%ffa", ITSELF));
    assertEquals("\ufffda", PercentDecoder.lenient("%ffa", ITSELF));
  }
}
