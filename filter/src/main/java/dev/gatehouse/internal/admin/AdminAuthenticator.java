package dev.gatehouse.internal.admin;

import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.RateWindow;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who holds a key to the Admin API (reference section 4.1, security A1).
 *
 * <p>The key is read from the header {@code X-API-KEY} only: a query is logged, and a cookie is
 * sent by browsers without being asked. After five wrong keys in a minute a client is refused for
 * the rest of it; the client is the one that a trusted proxy names, and an IPv6 client is its
 * network.
 */
public final class AdminAuthenticator {
  private static final String HEADER = "X-API-KEY";
  private static final int SHORTEST = 16;
  private static final int MAX_LENGTH = 1_024;
  private static final RateWindow WRONG = new RateWindow(5, 60_000);
  private static final String SOURCE = "dev.gatehouse.admin.source";
  private static final List<Object> LOCKS =
      IntStream.range(0, 64).<Object>mapToObj(i -> new Object()).toList();

  private AdminAuthenticator() {}

  /**
   * Whose key it is.
   *
   * @throws AdminException if it is nobody's, or does not allow the method
   */
  public static AdminKey enter(Administration admin, HttpServletRequest request) {
    if (admin.keys().isEmpty()) {
      throw new AdminException(
          AdminResponse.error(503, "the Admin API is off: gatehouse.admin-keys is not set"));
    }
    AdminKey key = authenticate(admin, request);
    if (key.role() == AdminKey.Role.VIEWER && !reads(request)) {
      throw refused("invalid method for role viewer");
    }
    return key;
  }

  /**
   * Returns where a request comes from. It is found out once per request: some servers make headers
   * of what follows a body.
   */
  public static Administration.Source source(Administration admin, HttpServletRequest request) {
    if (request.getAttribute(SOURCE) instanceof Administration.Source known) {
      return known;
    }
    Administration.Source found =
        admin.source(
            String.valueOf(request.getRemoteAddr()),
            name -> {
              Enumeration<String> lines = request.getHeaders(name);
              return lines == null ? List.of() : Collections.list(lines);
            });
    request.setAttribute(SOURCE, found);
    return found;
  }

  /**
   * Compares the presented key, one at a time for each source: keys that are tried in parallel
   * would otherwise all be compared before the first failure is counted.
   */
  private static AdminKey authenticate(Administration admin, HttpServletRequest request) {
    String network = source(admin, request).network();
    CounterKey counter = new CounterKey(new CounterOwner("admin", "keys"), "admin-keys", network);
    synchronized (LOCKS.get(Math.floorMod(network.hashCode(), LOCKS.size()))) {
      RateWindow.Result wrong = admin.limits().peek(counter, WRONG, admin.tick());
      if (!wrong.admitted()) {
        throw new AdminException(
            AdminResponse.error(429, "too many wrong keys")
                .with("Retry-After", Long.toString(wrong.resetMillis() / 1_000 + 1)));
      }
      @Nullable String presented = presented(request);
      AdminKey key = presented == null ? null : found(admin, presented);
      if (key != null) {
        return key;
      }
      if (presented != null) {
        RateWindow.Result unused = admin.limits().acquire(counter, WRONG, admin.tick());
      }
      throw refused(presented == null ? "missing apikey" : "wrong apikey");
    }
  }

  /** Whether a request changes nothing. */
  public static boolean reads(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static AdminException refused(String description) {
    return new AdminException(
        AdminResponse.of(
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
    if (presented.length() >= SHORTEST && presented.length() <= MAX_LENGTH) {
      for (AdminKey key : admin.keys()) {
        if (key.matches(presented)) {
          found = key;
        }
      }
    }
    return found;
  }
}
