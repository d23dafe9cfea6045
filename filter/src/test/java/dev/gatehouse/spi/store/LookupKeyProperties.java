package dev.gatehouse.spi.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LookupKeyProperties {
  @Property
  void bytes_readBackAndEqualKeysHaveEqualHashes(@ForAll @Size(LookupKey.BYTES) byte[] bytes) {
    LookupKey key = LookupKey.of(bytes);
    assertArrayEquals(bytes, key.bytes());
    assertEquals(key, LookupKey.of(bytes.clone()));
    assertEquals(key.hashCode(), LookupKey.of(bytes.clone()).hashCode());
  }

  @Property
  void anyBitThatDiffers_makesAnotherKey(
      @ForAll @Size(LookupKey.BYTES) byte[] bytes, @ForAll @IntRange(max = 255) int bit) {
    byte[] other = bytes.clone();
    other[bit / 8] ^= (byte) (1 << bit % 8);
    assertNotEquals(LookupKey.of(bytes), LookupKey.of(other));
  }

  @Property
  void otherLengths_areRefused(@ForAll byte[] bytes) {
    if (bytes.length != LookupKey.BYTES) {
      assertThrows(IllegalArgumentException.class, () -> LookupKey.of(bytes));
    }
  }

  @Property
  void toString_showsFourBytesAtMost(@ForAll @Size(LookupKey.BYTES) byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    assertEquals("LookupKey(" + hex.substring(0, 8) + "...)", LookupKey.of(bytes).toString());
  }

  @Example
  void otherTypes_areNeverEqual() {
    assertFalse(new LookupKey(1, 2, 3, 4).equals((Object) "LookupKey"));
    assertNotEquals(new LookupKey(1, 2, 3, 4), new LookupKey(2, 1, 4, 3));
  }
}
