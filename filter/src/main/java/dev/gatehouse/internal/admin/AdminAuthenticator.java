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
 * Authenticates callers of the Admin API.
 *
 * <p>The key is read from the header {@code X-API-KEY} only: queries are logged, and browsers send
 * cookies automatically. After five wrong keys in a minute a client is refused for the rest of the
 * minute. Trusted proxies determine the client, and IPv6 clients are counted by their network.
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
   * Returns the key of a request.
   *
   * @throws AdminException if the key is unknown or does not allow the method
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
   * Returns the source of a request. It is determined once per request, because some servers add
   * trailers to the headers.
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
   * Compares the presented key, one at a time for each source. Otherwise parallel attempts would
   * all be compared before the first failure is counted.
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

  /** Returns whether the method of a request is safe. */
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

  /** Compares all keys, even after a match. */
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
