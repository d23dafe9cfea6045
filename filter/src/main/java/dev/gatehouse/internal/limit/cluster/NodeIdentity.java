package dev.gatehouse.internal.limit.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * The number of a node. Its first 16 bits are a digest of the application.
 *
 * @param application the name of the application; empty to accept any
 * @param random makes the number unique
 */
record NodeIdentity(String application, UUID random) {
  private static final int MARK_BITS = 16;

  long number() {
    long own = random.getMostSignificantBits();
    return application.isEmpty() ? own : (mark() << (Long.SIZE - MARK_BITS)) | (own >>> MARK_BITS);
  }

  /** Returns whether a node belongs to another application. */
  boolean isStranger(long node) {
    return !application.isEmpty() && node >>> (Long.SIZE - MARK_BITS) != mark();
  }

  private long mark() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(application.getBytes(StandardCharsets.UTF_8));
      return Short.toUnsignedLong(ByteBuffer.wrap(digest).getShort());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
