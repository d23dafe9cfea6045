package dev.gatehouse.spi.plugin;

import java.nio.ByteBuffer;
import java.util.Objects;

/** The result of reading the body of a request. */
public sealed interface RequestBody {
  /** The largest maximum, in bytes. */
  long MAX = Integer.MAX_VALUE - 8L;

  /**
   * The whole body.
   *
   * @param bytes all bytes; each call returns a new read-only view
   */
  record Whole(ByteBuffer bytes) implements RequestBody {
    /** Creates a body with a read-only view. */
    public Whole {
      bytes = bytes.asReadOnlyBuffer();
    }

    /** Returns a new view. */
    @Override
    public ByteBuffer bytes() {
      return bytes.asReadOnlyBuffer();
    }
  }

  /**
   * The body is larger than the maximum.
   *
   * @param size the declared length in bytes, or the bytes received so far
   */
  record TooLarge(long size) implements RequestBody {}

  /**
   * The body is incomplete: the client stopped or was too slow.
   *
   * @param reason the reason for the log
   */
  record Missing(String reason) implements RequestBody {
    /** Creates a result. */
    public Missing {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
