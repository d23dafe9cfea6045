package dev.gatehouse.spi;

import dev.gatehouse.Profile;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What a plugin may use while it reads its settings and later.
 *
 * @param profile which defaults hold
 * @param limits counts requests
 * @param clock the wall clock, for dates and tokens
 * @param ticker a clock whose milliseconds never go back, for windows
 */
public record Parts(
    Profile profile, RateLimitBackend limits, InstantSource clock, InstantSource ticker) {
  /** All parts are required. */
  public Parts {
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(ticker, "ticker");
  }
}
