package dev.gatehouse.policy;

import dev.gatehouse.spi.Header;
import dev.gatehouse.spi.Window;
import java.util.List;

/** The response headers that tell a client how much of a limit is left (reference section 3.2). */
final class QuotaHeaders {
  private static final long MILLIS = 1_000;

  private final Header limit;

  QuotaHeaders(long limit) {
    this.limit = new Header("X-RateLimit-Limit", Long.toString(limit));
  }

  /** {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset}. */
  List<Header> of(Window.State state) {
    return List.of(
        limit,
        new Header("X-RateLimit-Remaining", Long.toString(state.remaining())),
        new Header("X-RateLimit-Reset", seconds(state.resetMillis())));
  }

  /** {@code Retry-After}: whole seconds, rounded up, at least 1. */
  static Header retryAfter(long millis) {
    long whole = millis / MILLIS + (millis % MILLIS == 0 ? 0 : 1);
    return new Header("Retry-After", Long.toString(Math.max(1, whole)));
  }

  /** Seconds, truncated to two decimals, without zeros at the end. */
  static String seconds(long millis) {
    long whole = millis / MILLIS;
    long hundredths = millis % MILLIS / 10;
    if (hundredths == 0) {
      return Long.toString(whole);
    }
    if (hundredths % 10 == 0) {
      return whole + "." + hundredths / 10;
    }
    return whole + (hundredths < 10 ? ".0" : ".") + hundredths;
  }
}
