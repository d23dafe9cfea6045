package dev.gatehouse.internal.request;

import dev.gatehouse.spi.plugin.RequestBody;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a request's body into memory up to a maximum, and stops if the client is too slow.
 *
 * <p>The server's timeout ends a read without data. A client that sends single bytes must reach a
 * minimum rate after a while, so that it cannot occupy a thread. Not safe for use by several
 * threads.
 */
final class BodyReading {
  private static final int CHUNK = 8192;
  private static final long PATIENCE_MILLIS = 20_000;
  private static final long MIN_BYTES_PER_SECOND = 500;

  private static final Set<String> FORMS =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data");

  private final HttpServletRequest request;
  private final InstantSource ticker;

  BodyReading(HttpServletRequest request, InstantSource ticker) {
    this.request = request;
    this.ticker = ticker;
  }

  /**
   * Reads nothing if the declared length exceeds the maximum.
   *
   * @throws IllegalStateException if the application has read the body before, so that it cannot be
   *     checked
   */
  RequestBody upTo(long most) {
    long declared = request.getContentLengthLong();
    if (declared > most) {
      return new RequestBody.TooLarge(declared);
    }
    try {
      ServletInputStream in = request.getInputStream();
      // Some servers say so of a body that has arrived and was not read, so it proves nothing
      // alone.
      boolean finished = in.isFinished();
      RequestBody body = read(in, most, (int) Math.max(declared, 0));
      return body instanceof RequestBody.Whole whole ? whole(whole, declared, finished) : body;
    } catch (IOException e) {
      return new RequestBody.Missing("the body did not arrive: " + e.getClass().getSimpleName());
    }
  }

  private boolean mayHaveBody(long declared) {
    return declared > 0
        || (declared < 0 && (request.getHeader("Transfer-Encoding") != null || isForm()));
  }

  private RequestBody whole(RequestBody.Whole body, long declared, boolean finished) {
    int size = body.bytes().remaining();
    if (size == 0 && finished && mayHaveBody(declared)) {
      throw readBefore();
    }
    if (declared >= 0 && size != declared) {
      return new RequestBody.Missing("%d of %d bytes of the body came".formatted(size, declared));
    }
    if (size == 0 && declared < 0 && isForm() && FormParameters.haveMoreThanTheQuery(request)) {
      throw readBefore();
    }
    return body;
  }

  private boolean isForm() {
    String type = request.getContentType();
    return type != null && FORMS.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  private static IllegalStateException readBefore() {
    return new IllegalStateException(
        "The body of a request was read before Gatehouse could check it: a listener or an earlier"
            + " filter must not call getParameter, getParts, getInputStream or getReader.");
  }

  /** Memory grows with the received bytes, not with the declared length. */
  private RequestBody read(InputStream in, long most, int declared) throws IOException {
    long start = ticker.millis();
    byte[] bytes = new byte[Math.min(declared + 1, CHUNK)];
    int size = 0;
    while (true) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, most + 1));
      }
      int read = in.read(bytes, size, bytes.length - size);
      if (read < 0) {
        return new RequestBody.Whole(ByteBuffer.wrap(bytes, 0, size).slice());
      }
      size += read;
      if (size > most) {
        return new RequestBody.TooLarge(size);
      }
      if (ticker.millis() - start > PATIENCE_MILLIS + size * 1000L / MIN_BYTES_PER_SECOND) {
        return new RequestBody.Missing("the body came too slowly");
      }
    }
  }
}
