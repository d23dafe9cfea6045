package dev.gatehouse.servlet;

import dev.gatehouse.spi.Body;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * Reads a request's body into memory, up to a cap, and gives up on a client that is too slow.
 *
 * <p>The server's own timeout ends a read to which nothing comes; a client that sends a byte now
 * and then must keep up a least rate after a while (security M9). Used by one thread.
 */
final class BodyReading {
  private static final int CHUNK = 8192;
  private static final long PATIENCE_MILLIS = 20_000;
  private static final long LEAST_BYTES_PER_SECOND = 500;

  private final HttpServletRequest request;
  private final InstantSource ticker;

  BodyReading(HttpServletRequest request, InstantSource ticker) {
    this.request = request;
    this.ticker = ticker;
  }

  /** Reads nothing when the declared length is above the cap already. */
  Body upTo(long most) {
    long declared = request.getContentLengthLong();
    if (declared > most) {
      return new Body.TooLarge(declared);
    }
    try {
      return read(request.getInputStream(), most, (int) Math.max(declared, 0));
    } catch (IOException e) {
      return new Body.Missing("the body did not arrive: " + e.getClass().getSimpleName());
    }
  }

  /** Memory grows with what has come, not with what was declared. */
  private Body read(InputStream in, long most, int declared) throws IOException {
    long start = ticker.millis();
    byte[] bytes = new byte[Math.min(declared + 1, CHUNK)];
    int size = 0;
    while (true) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, most + 1));
      }
      int read = in.read(bytes, size, bytes.length - size);
      if (read < 0) {
        return new Body.Whole(ByteBuffer.wrap(bytes, 0, size).slice());
      }
      size += read;
      if (size > most) {
        return new Body.TooLarge(size);
      }
      if (ticker.millis() - start > PATIENCE_MILLIS + size * 1000L / LEAST_BYTES_PER_SECOND) {
        return new Body.Missing("the body came too slowly");
      }
    }
  }
}
