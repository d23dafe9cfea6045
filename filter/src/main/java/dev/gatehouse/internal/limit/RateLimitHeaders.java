package dev.gatehouse.internal.limit;

import dev.gatehouse.internal.http.HttpToken;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.plugin.Header;
import java.util.List;
import java.util.Set;

/**
 * The response headers about the state of a limit: those of APISIX, and the fields of
 * draft-ietf-httpapi-ratelimit-headers-10.
 *
 * @param limit the name of the header with the limit
 * @param remaining the name of the header with the remaining number
 * @param reset the name of the header with the seconds until the window ends
 * @param policy the name of the limit in the standard's fields
 */
record RateLimitHeaders(String limit, String remaining, String reset, String policy) {
  private static final long MILLIS = 1_000;

  /**
   * The names of the headers and the choice of headers.
   *
   * @param shown {@code x}, {@code ietf}, {@code both} or {@code none}
   * @param single the names for a single limit
   */
  record Names(String shown, RateLimitHeaders single) {
    private static final RateLimitHeaders DEFAULT =
        new RateLimitHeaders(
            "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "default");

    /** Headers with another meaning for clients or proxies. */
    private static final Set<String> TAKEN =
        Set.of(
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "location",
            "set-cookie",
            "retry-after",
            "www-authenticate",
            "cache-control");

    static Names read(SettingsReader settings) {
      String shown =
          settings.choice("ratelimit_headers", List.of("x", "ietf", "both", "none"), "x");
      boolean quiet = !settings.flag("show_limit_quota_header", true);
      RateLimitHeaders single =
          new RateLimitHeaders(
              name(settings, "limit_header", DEFAULT.limit),
              name(settings, "remaining_header", DEFAULT.remaining),
              name(settings, "reset_header", DEFAULT.reset),
              DEFAULT.policy);
      return new Names(quiet ? "none" : shown, single);
    }

    private static String name(SettingsReader settings, String setting, String fallback) {
      String name = settings.text(setting, fallback);
      boolean token = HttpToken.isToken(name) && name.length() <= 100;
      if (!token || TAKEN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
        settings.report(setting, "must be a header name (RFC 9110 token) that is free");
        return fallback;
      }
      return name;
    }

    boolean x() {
      return shown.equals("x") || shown.equals("both");
    }

    boolean ietf() {
      return shown.equals("ietf") || shown.equals("both");
    }

    /** Returns the names for one of several limits. */
    RateLimitHeaders ofRule(String prefix) {
      String all = "X-" + prefix + "-RateLimit-";
      return new RateLimitHeaders(all + "Limit", all + "Remaining", all + "Reset", prefix);
    }
  }

  /** Returns the header with the limit. */
  Header limitOf(RateWindow window) {
    return new Header(limit, Long.toString(window.limit()));
  }

  /** Returns the headers for limit, remaining and reset. */
  List<Header> of(Header limitOf, RateWindow window, RateWindow.Result state) {
    return List.of(
        limitOf,
        new Header(remaining, Long.toString(state.remaining())),
        new Header(reset, reset(window, state)));
  }

  /** Returns a member of {@code RateLimit-Policy}. */
  String policyOf(RateWindow window) {
    return '"' + policy + "\";q=" + window.limit() + ";w=" + whole(window.millis());
  }

  /** Returns a member of {@code RateLimit}. */
  String leftOf(RateWindow.Result state) {
    return '"' + policy + "\";r=" + state.remaining() + ";t=" + whole(state.resetMillis());
  }

  /** Returns {@code Retry-After}: whole seconds, rounded up, at least 1. */
  static Header retryAfter(long millis) {
    return new Header("Retry-After", Long.toString(Math.max(1, whole(millis))));
  }

  private static long whole(long millis) {
    return millis / MILLIS + (millis % MILLIS == 0 ? 0 : 1);
  }

  /**
   * As in APISIX, the end of a fixed window is truncated and that of a sliding window is rounded
   * up.
   */
  private static String reset(RateWindow window, RateWindow.Result state) {
    boolean up =
        window.kind() == RateWindow.Kind.SLIDING || window.kind() == RateWindow.Kind.STRICT;
    long partial = state.resetMillis() % 10;
    return seconds(up && partial > 0 ? state.resetMillis() - partial + 10 : state.resetMillis());
  }

  /** Returns seconds, truncated to two decimals, without trailing zeros. */
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
