package dev.gatehouse.internal.request;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body that was read before the application runs; it stands in a request attribute, so that it is
 * found again on a dispatch that has lost the request around it.
 *
 * @param bytes all of it
 */
public record BufferedBody(ByteBuffer bytes) {
  private static final String ATTRIBUTE = "dev.gatehouse.body";

  /** The body of a request that was read, or null. */
  public static @Nullable BufferedBody of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof BufferedBody found ? found : null;
  }

  /** Keeps it for the application. */
  void keepIn(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** A request that reads the body again, if it was read and is not replayed already. */
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
