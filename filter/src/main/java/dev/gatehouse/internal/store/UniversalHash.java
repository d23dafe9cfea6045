package dev.gatehouse.internal.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A keyed universal hash of texts, for tables inside this process: two polynomials over the prime
 * 2^61 - 1, each at a random point that is the key.
 *
 * <p>For two different texts of at most {@code n} bytes that were chosen without knowledge of the
 * keys, the probability of equal values is at most {@code ((n / 7 + 2) / (2^61 - 2))^2}: less than
 * 2^-101 for 8 KiB.
 *
 * <p>The hash is no MAC and no one-way function: from a few values the keys and short texts can be
 * calculated. A value must therefore not leave the process and must not be held in place of a
 * secret, and a caller must compare the texts when the values are equal. Then a collision costs
 * time and admits nothing. An attacker that measures times learns at most whether texts share a
 * bucket of a table, which is little information about a key. With all of both keys, it could make
 * texts whose values are equal to each other and so displace entries of its own.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class UniversalHash {
  private static final long PRIME = (1L << 61) - 1;

  /** A block is smaller than the prime, so that different texts have different blocks. */
  private static final int BLOCK_BYTES = 7;

  private static final long BLOCK = (1L << (8 * BLOCK_BYTES)) - 1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long firstKey;
  private final long secondKey;

  /** Creates a hash with new keys. */
  public UniversalHash(SecureRandom random) {
    this.firstKey = key(random);
    this.secondKey = key(random);
  }

  /** The value of a text: two numbers below 2^61. */
  public record Value(long first, long second) {
    @Override
    public int hashCode() {
      return (int) (first ^ (first >>> Integer.SIZE));
    }

    /** Returns a text without the numbers. */
    @Override
    public String toString() {
      return "Value";
    }
  }

  /** Returns a number from 1 to the prime - 1, each with the same probability. */
  private static long key(SecureRandom random) {
    long key;
    do {
      key = random.nextLong() & PRIME;
    } while (key == 0 || key == PRIME);
    return key;
  }

  /** Returns the value of a text. The length is the first block, and zeros fill the last one. */
  public Value of(byte[] text) {
    long first = multiply(text.length + 1L, firstKey);
    long second = multiply(text.length + 1L, secondKey);
    int at = 0;
    for (; at + Long.BYTES <= text.length; at += BLOCK_BYTES) {
      long block = (long) LONGS.get(text, at) & BLOCK;
      first = multiply(first + block, firstKey);
      second = multiply(second + block, secondKey);
    }
    long last = 0;
    for (int i = text.length - 1; i >= at; i--) {
      last = (last << Byte.SIZE) | (text[i] & 0xff);
    }
    return new Value(
        reduced(multiply(first + last, firstKey)), reduced(multiply(second + last, secondKey)));
  }

  /** Returns a number below 2^61 + 3 that is equal to the product modulo the prime. */
  private static long multiply(long number, long key) {
    long high = Math.multiplyHigh(number, key);
    long low = number * key;
    long folded = (low & PRIME) + ((high << 3) | (low >>> 61));
    return (folded & PRIME) + (folded >>> 61);
  }

  private static long reduced(long number) {
    return number >= PRIME ? number - PRIME : number;
  }

  /** Returns whether two texts are equal. The time depends on their lengths only. */
  public static boolean isEqual(byte[] one, byte[] other) {
    if (one.length != other.length) {
      return false;
    }
    long difference = 0;
    int at = 0;
    for (; at + Long.BYTES <= one.length; at += Long.BYTES) {
      difference |= (long) LONGS.get(one, at) ^ (long) LONGS.get(other, at);
    }
    for (; at < one.length; at++) {
      difference |= one[at] ^ other[at];
    }
    return difference == 0;
  }
}
