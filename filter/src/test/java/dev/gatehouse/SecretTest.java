package dev.gatehouse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void toString_neverShowsTheText() {
    assertEquals("***", Secret.of("hunter2").toString());
    assertEquals("Secret is ***", "Secret is " + Secret.of("hunter2"));
  }

  @Test
  void reveal_givesTheTextBack() {
    assertEquals("hunter2 \u00e4", Secret.of("hunter2 \u00e4").reveal());
    assertArrayEquals(new byte[] {(byte) 0xc3, (byte) 0xa4}, Secret.of("\u00e4").utf8());
  }

  @Test
  void utf8_isACopy() {
    Secret secret = Secret.of("abc");
    secret.utf8()[0] = 'x';
    assertEquals("abc", secret.reveal());
  }

  @Test
  void equals_comparesBytes() {
    assertEquals(Secret.of("a"), Secret.of("a"));
    assertEquals(Secret.of("a").hashCode(), Secret.of("a").hashCode());
    assertNotEquals(Secret.of("a"), Secret.of("A"));
    assertNotEquals(Secret.of("a"), Secret.of("ab"));
    assertNotEquals(Secret.of(""), Secret.of("\0"));
    assertNotEquals((Object) Secret.of("a"), "a");
  }

  @Test
  void hashCode_agreesWithEquals_evenForTextsThatUtf8CannotHold() {
    assertEquals(Secret.of("\ud800"), Secret.of("?"));
    assertEquals(Secret.of("\ud800").hashCode(), Secret.of("?").hashCode());
  }
}
