package dev.gatehouse.settings;

import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Numbers of up to three decimals, exact in thousandths. */
final class Thousandths {
  private static final int DECIMALS = 3;

  private Thousandths() {}

  /** Returns the thousandths of a number in an inclusive range, or empty. */
  static OptionalLong of(@Nullable Object value, long least, long most) {
    if (!(value instanceof Long) && !(value instanceof BigDecimal)) {
      return OptionalLong.empty();
    }
    BigDecimal number =
        new BigDecimal(value.toString()).movePointRight(DECIMALS).stripTrailingZeros();
    boolean fits =
        number.scale() <= 0
            && number.compareTo(BigDecimal.valueOf(least)) >= 0
            && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    return fits ? OptionalLong.of(number.longValueExact()) : OptionalLong.empty();
  }

  /** Returns the allowed range, for the text of a problem. */
  static String between(long least, long most) {
    return "a number from " + shown(least) + " to " + shown(most) + " with at most three decimals";
  }

  private static String shown(long number) {
    return BigDecimal.valueOf(number, DECIMALS).stripTrailingZeros().toPlainString();
  }
}
