package dev.gatehouse.internal.request;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a body in memory. It is always ready.
 *
 * <p>Not safe for use by several threads.
 */
final class ReplayedInput extends ServletInputStream {
  private final ByteBuffer rest;
  private final HttpServletRequest request;
  private @Nullable ReadListener listener;

  ReplayedInput(ByteBuffer body, HttpServletRequest request) {
    this.rest = body.asReadOnlyBuffer();
    this.request = request;
  }

  @Override
  public int read() {
    return rest.hasRemaining() ? rest.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!rest.hasRemaining()) {
      return -1;
    }
    int read = Math.min(length, rest.remaining());
    rest.get(into, offset, read);
    return read;
  }

  @Override
  public int available() {
    return rest.remaining();
  }

  @Override
  public boolean isFinished() {
    return !rest.hasRemaining();
  }

  @Override
  public boolean isReady() {
    return true;
  }

  /**
   * Starts a task of the container that notifies the listener of the data and of the end.
   *
   * @throws IllegalStateException if there is a listener, or the request is not asynchronous
   */
  @Override
  public void setReadListener(ReadListener reader) {
    if (listener != null) {
      throw new IllegalStateException("a read listener is set already");
    }
    Objects.requireNonNull(reader, "listener");
    AsyncContext async = request.getAsyncContext();
    listener = reader;
    async.start(() -> notifyListener(reader));
  }

  /** A listener that stops early gets no second call, because the stream is always ready. */
  private void notifyListener(ReadListener reader) {
    try {
      if (rest.hasRemaining()) {
        reader.onDataAvailable();
      }
      if (isFinished()) {
        reader.onAllDataRead();
      }
    } catch (IOException | RuntimeException e) {
      reader.onError(e);
    }
  }
}
