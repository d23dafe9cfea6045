package dev.gatehouse.settings;

import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Whole numbers of JSON: {@code 100.0} and {@code 1e2} are 100. */
public final class WholeNumber {
  /** A number with more digits may exceed {@code long}. */
  private static final int MAX_DIGITS = 18;

  private WholeNumber() {}

  /** Returns the number of a JSON value, or empty if it is not a whole number or too large. */
  public static OptionalLong of(@Nullable Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return OptionalLong.of(((Number) value).longValue());
    }
    if (!(value instanceof BigDecimal exact)) {
      return OptionalLong.empty();
    }
    BigDecimal shortest = exact.stripTrailingZeros();
    boolean whole =
        shortest.scale() <= 0 && (long) shortest.precision() - shortest.scale() <= MAX_DIGITS;
    return whole ? OptionalLong.of(shortest.longValueExact()) : OptionalLong.empty();
  }
}
