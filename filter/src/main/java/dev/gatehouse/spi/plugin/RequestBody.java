package dev.gatehouse.spi.plugin;

import java.nio.ByteBuffer;
import java.util.Objects;

/** What came of reading the body of a request. */
public sealed interface RequestBody {
  /** The largest cap in bytes: as much as one array holds. */
  long MAX = Integer.MAX_VALUE - 8L;

  /**
   * The whole body.
   *
   * @param bytes all bytes; read-only, a view of its own on every call
   */
  record Whole(ByteBuffer bytes) implements RequestBody {
    /** Takes a view that cannot be written to. */
    public Whole {
      bytes = bytes.asReadOnlyBuffer();
    }

    /** A fresh view, so that reading it does not empty this record. */
    @Override
    public ByteBuffer bytes() {
      return bytes.asReadOnlyBuffer();
    }
  }

  /**
   * The body is larger than the cap.
   *
   * @param size the declared length in bytes, or how many bytes had come when the cap was passed
   */
  record TooLarge(long size) implements RequestBody {}

  /**
   * The body did not come: the client stopped, or was too slow.
   *
   * @param reason what the log is told
   */
  record Missing(String reason) implements RequestBody {
    /** The reason is required. */
    public Missing {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
