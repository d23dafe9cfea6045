package dev.gatehouse.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The hash against its definition in exact arithmetic. */
class UniversalHashTest {
  private static final BigInteger PRIME = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);

  /** Keys 5 and 2^61 - 2 in turn, after two numbers that are no key. */
  private static final class Keys extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private static final long[] NUMBERS = {0, -1, 5, (1L << 61) - 2};
    private int next;

    @Override
    public long nextLong() {
      return NUMBERS[next++];
    }
  }

  private static long exact(byte[] text, long key) {
    BigInteger point = BigInteger.valueOf(key);
    BigInteger sum = BigInteger.valueOf(text.length + 1L).multiply(point);
    for (int at = 0, block = 0; block <= Math.max(0, text.length - 1) / 7; at += 7, block++) {
      BigInteger number = BigInteger.ZERO;
      for (int i = Math.min(at + 7, text.length) - 1; i >= at; i--) {
        number = number.shiftLeft(8).add(BigInteger.valueOf(text[i] & 0xff));
      }
      sum = sum.add(number).multiply(point);
    }
    return sum.mod(PRIME).longValueExact();
  }

  @Test
  void value_isThePolynomialOfTheBlocksAtBothKeys() {
    UniversalHash hash = new UniversalHash(new Keys());
    Random random = new Random(7);
    for (int length = 0; length < 300; length++) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      if (length % 3 == 0) {
        java.util.Arrays.fill(text, (byte) -1);
      }
      UniversalHash.Value value = hash.of(text);
      assertEquals(exact(text, 5), value.first(), "length " + length);
      assertEquals(exact(text, (1L << 61) - 2), value.second(), "length " + length);
    }
  }

  @Test
  void value_differsInEachByteAndLength_andInAnotherProcess() {
    UniversalHash hash = new UniversalHash(new SecureRandom());
    Set<UniversalHash.Value> values = new HashSet<>();
    for (int length = 0; length <= 64; length++) {
      assertTrue(values.add(hash.of(new byte[length])), "length " + length);
      for (int at = 0; at < length; at++) {
        byte[] other = new byte[length];
        other[at] = 1;
        assertTrue(values.add(hash.of(other)), length + " at " + at);
      }
    }
    UniversalHash another = new UniversalHash(new SecureRandom());
    assertEquals(hash.of(new byte[9]), hash.of(new byte[9]));
    assertNotEquals(hash.of(new byte[9]), another.of(new byte[9]));
    assertEquals("Value", hash.of(new byte[9]).toString());
  }

  @Test
  void isEqual_comparesEveryByte() {
    for (int length = 0; length < 40; length++) {
      byte[] one = new byte[length];
      assertTrue(UniversalHash.isEqual(one, new byte[length]));
      assertFalse(UniversalHash.isEqual(one, new byte[length + 1]));
      for (int at = 0; at < length; at++) {
        byte[] other = new byte[length];
        other[at] = (byte) (1 << at % 8);
        assertFalse(UniversalHash.isEqual(one, other), length + " at " + at);
      }
    }
  }
}
