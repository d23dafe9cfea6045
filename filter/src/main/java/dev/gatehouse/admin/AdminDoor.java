package dev.gatehouse.admin;

import dev.gatehouse.spi.AdminKey;
import dev.gatehouse.spi.Administration;
import dev.gatehouse.spi.Call;
import dev.gatehouse.spi.CounterKey;
import dev.gatehouse.spi.Window;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who holds a key to the Admin API (reference section 4.1, security A1).
 *
 * <p>The key is read from the header {@code X-API-KEY} only: a query is logged, and a cookie is
 * sent by browsers without being asked. Whoever shows five wrong keys in a minute is not listened
 * to for the rest of it.
 */
final class AdminDoor {
  private static final String HEADER = "X-API-KEY";
  private static final int SHORTEST = 16;
  private static final int LONGEST = 1_024;
  private static final Window WRONG = new Window(5, 60_000);

  private AdminDoor() {}

  /**
   * Whose key it is.
   *
   * @throws Refused if it is nobody's, or does not allow the method
   */
  static AdminKey enter(Administration admin, HttpServletRequest request) {
    if (admin.keys().isEmpty()) {
      throw new Refused(Answer.error(503, "the Admin API is off: gatehouse.admin-keys is not set"));
    }
    CounterKey source =
        new CounterKey(
            new Call.Owner("admin", "keys"), "admin-keys", String.valueOf(request.getRemoteAddr()));
    Window.State wrong = admin.limits().peek(source, WRONG, admin.tick());
    if (!wrong.admitted()) {
      throw new Refused(
          Answer.error(429, "too many wrong keys")
              .with("Retry-After", Long.toString(wrong.resetMillis() / 1_000 + 1)));
    }
    @Nullable String presented = presented(request);
    AdminKey key = presented == null ? null : found(admin, presented);
    if (key == null) {
      if (presented != null) {
        Window.State unused = admin.limits().acquire(source, WRONG, admin.tick());
      }
      throw refused(presented == null ? "missing apikey" : "wrong apikey");
    }
    if (key.role() == AdminKey.Role.VIEWER && !reads(request)) {
      throw refused("invalid method for role viewer");
    }
    return key;
  }

  /** Whether a request changes nothing. */
  static boolean reads(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static Refused refused(String description) {
    return new Refused(
        Answer.of(
                401,
                Map.entry("error_msg", "failed to check token"),
                Map.entry("description", description))
            .with("WWW-Authenticate", "ApiKey realm=\"admin\""));
  }

  private static @Nullable String presented(HttpServletRequest request) {
    Enumeration<String> all = request.getHeaders(HEADER);
    if (all == null || !all.hasMoreElements()) {
      return null;
    }
    String first = all.nextElement();
    return all.hasMoreElements() ? "" : first;
  }

  /** All keys are compared, whichever fits. */
  private static @Nullable AdminKey found(Administration admin, String presented) {
    AdminKey found = null;
    if (presented.length() >= SHORTEST && presented.length() <= LONGEST) {
      for (AdminKey key : admin.keys()) {
        if (key.matches(presented)) {
          found = key;
        }
      }
    }
    return found;
  }
}
