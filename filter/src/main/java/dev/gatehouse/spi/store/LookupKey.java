package dev.gatehouse.spi.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The key of a Credential in a store: a digest of 32 bytes.
 *
 * <p>Keys are compared in constant time. Immutable and safe for use by several threads.
 */
public record LookupKey(long first, long second, long third, long fourth) {
  /** The number of bytes of a key. */
  public static final int BYTES = 32;

  /**
   * Returns a key of bytes.
   *
   * @throws IllegalArgumentException unless there are exactly 32
   */
  public static LookupKey of(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("a lookup key has 32 bytes, not " + digest.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    return new LookupKey(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  /** Returns the key's bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LookupKey that
        && ((first ^ that.first)
                | (second ^ that.second)
                | (third ^ that.third)
                | (fourth ^ that.fourth))
            == 0;
  }

  /** The first bits of a digest are a good hash. */
  @Override
  public int hashCode() {
    return (int) (first ^ first >>> 32);
  }

  /** Returns at most four bytes: enough to distinguish keys in a log, too few for a lookup. */
  @Override
  public String toString() {
    return "LookupKey(" + String.format("%08x", (int) (first >>> 32)) + "...)";
  }
}
