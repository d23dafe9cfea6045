package dev.gatehouse.internal.request;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body that was read before the application runs. It is a request attribute, so that it is found
 * on dispatches without our wrapper.
 *
 * @param bytes all bytes
 */
public record BufferedBody(ByteBuffer bytes) {
  private static final String ATTRIBUTE = "dev.gatehouse.body";

  /** Returns the body of a request, or null if it was not read. */
  public static @Nullable BufferedBody of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof BufferedBody found ? found : null;
  }

  /** Stores the body for the application. */
  void storeIn(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Returns a request that replays the body, if it was read and is not replayed already. */
  static HttpServletRequest replayed(HttpServletRequest request) {
    BufferedBody body = of(request);
    return body == null || isReplayed(request) ? request : new ReplayedRequest(request, body);
  }

  private static boolean isReplayed(ServletRequest request) {
    ServletRequest each = request;
    while (each instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof ReplayedRequest) {
        return true;
      }
      each = wrapper.getRequest();
    }
    return false;
  }

  @Override
  public String toString() {
    return "BufferedBody(" + bytes.remaining() + " bytes)";
  }
}
