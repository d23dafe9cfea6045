package dev.gatehouse.internal.auth.hmac;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The creation and expiry times of a signature, in seconds since 1970.
 *
 * <p>The creation time or the date must be signed, or a captured signature could be used forever.
 * Bounds are inclusive.
 *
 * @param created the creation time, signed or not
 * @param createdSigned whether the creation time is signed
 * @param expires the last valid second, signed or not
 * @param date the date of the request, if it is signed
 */
record SignatureTimes(
    OptionalLong created, boolean createdSigned, OptionalLong expires, OptionalLong date) {

  /** Returns why the signature is not valid in a second, or null if it is. */
  @Nullable String problem(long now, long skew) {
    if (!(created.isPresent() && createdSigned) && date.isEmpty()) {
      return "neither creation nor date is signed";
    }
    if (created.isPresent() && created.getAsLong() > now + skew) {
      return "created in the future";
    }
    if (expires.isPresent() && expires.getAsLong() < now) {
      return "expired";
    }
    return now > last(skew) || (date.isPresent() && date.getAsLong() > now + skew)
        ? "Clock skew exceeded"
        : null;
  }

  /** Returns the last second in which the signature is valid. */
  long last(long skew) {
    long last = expires.orElse(Long.MAX_VALUE);
    if (created.isPresent()) {
      last = Math.min(last, created.getAsLong() + skew);
    }
    return date.isPresent() ? Math.min(last, date.getAsLong() + skew) : last;
  }
}
