package dev.gatehouse.internal.json;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that a text may hold. Arithmetic on a number with a large exponent takes as much
 * memory as the exponent says.
 *
 * @param length the maximum number of characters of a number
 * @param digits the maximum number of digits of a number
 * @param exponent the maximum number of digits of its exponent
 * @param longDigits the maximum number of digits of a whole number that becomes a {@link Long}
 */
public record NumberForm(int length, int digits, int exponent, int longDigits) {
  /** Up to 1,000 characters. */
  public static final NumberForm ANY = new NumberForm(1_000, 1_000, 1_000, 19);

  /** Grammar of RFC 8259; YAML also has 010, 0x1F and 1_000. */
  private static final Pattern DECIMAL =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?([0-9]+))?");

  boolean fits(String number) {
    Matcher matcher = DECIMAL.matcher(number);
    return matcher.matches()
        && digits(number) <= digits
        && (matcher.group(1) == null || matcher.group(1).length() <= exponent);
  }

  boolean isLong(String whole) {
    return digits(whole) <= longDigits;
  }

  private static long digits(String number) {
    return number.chars().filter(c -> c >= '0' && c <= '9').count();
  }
}
