package dev.gatehouse.internal.auth.hmac;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * When a signature was made and until when it holds, in seconds since 1970.
 *
 * <p>At least one of creation and date must be signed, or a captured signature could be used for
 * ever (security M1). The edges are inclusive.
 *
 * @param created when it says that it was made; signed or not
 * @param createdSigned whether that is signed
 * @param expires the last second of its life; signed or not
 * @param date the date of the request, if that is signed
 */
record SignatureTimes(
    OptionalLong created, boolean createdSigned, OptionalLong expires, OptionalLong date) {

  /** Why the signature does not hold at a second, or null when it does. */
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

  /** The last second at which it holds. */
  long last(long skew) {
    long last = expires.orElse(Long.MAX_VALUE);
    if (created.isPresent()) {
      last = Math.min(last, created.getAsLong() + skew);
    }
    return date.isPresent() ? Math.min(last, date.getAsLong() + skew) : last;
  }
}
