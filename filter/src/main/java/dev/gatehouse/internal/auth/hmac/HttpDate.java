package dev.gatehouse.internal.auth.hmac;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;

/**
 * A parser of HTTP dates (RFC 9110 section 5.6.7): the preferred form and, on request, the two
 * obsolete forms. As in APISIX, the obsolete forms may have any zone name, which is ignored.
 *
 * <p>The weekday is not compared to the date.
 */
final class HttpDate {
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final List<String> LONG_DAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  /** Two-digit years from here on are in the last century, as in nginx. */
  private static final int CENTURY_TURNS = 70;

  private final String text;
  private boolean sound = true;

  private HttpDate(String text) {
    this.text = text;
  }

  /** Parses {@code Fri, 06 Sep 2024 06:41:29 GMT}. Returns seconds since 1970, or empty. */
  static OptionalLong preferred(String text) {
    return text.endsWith(" GMT") ? new HttpDate(text).rfc1123(29) : OptionalLong.empty();
  }

  /** Parses any of the three forms. Returns seconds since 1970, or empty. */
  static OptionalLong any(String text) {
    int comma = text.indexOf(',');
    HttpDate date = new HttpDate(text);
    if (comma == 3) {
      return date.rfc1123(date.lengthWithZone(25));
    }
    return comma < 0 ? date.asctime() : date.rfc850(comma);
  }

  /** {@code Fri, 06 Sep 2024 06:41:29 GMT}. */
  private OptionalLong rfc1123(int length) {
    if (text.length() != length) {
      return OptionalLong.empty();
    }
    expect(0, 3, DAYS);
    expect(3, ", ");
    expect(7, " ");
    expect(11, " ");
    expect(16, " ");
    return at(number(12, 16), month(8), number(5, 7), 17);
  }

  /** {@code Friday, 06-Sep-24 06:41:29 GMT}. */
  private OptionalLong rfc850(int comma) {
    if (text.length() != lengthWithZone(comma + 20)) {
      return OptionalLong.empty();
    }
    expect(0, comma, LONG_DAYS);
    expect(comma, ", ");
    expect(comma + 4, "-");
    expect(comma + 8, "-");
    expect(comma + 11, " ");
    int year = number(comma + 9, comma + 11);
    int century = year < CENTURY_TURNS ? 2000 : 1900;
    return at(century + year, month(comma + 5), number(comma + 2, comma + 4), comma + 12);
  }

  /** {@code Fri Sep 6 06:41:29 2024}. */
  private OptionalLong asctime() {
    if (text.length() != 24) {
      return OptionalLong.empty();
    }
    expect(0, 3, DAYS);
    expect(3, " ");
    expect(7, " ");
    expect(10, " ");
    expect(19, " ");
    int day = text.charAt(8) == ' ' ? number(9, 10) : number(8, 10);
    return at(number(20, 24), month(4), day, 11);
  }

  private OptionalLong at(int year, int month, int day, int time) {
    expect(time + 2, ":");
    expect(time + 5, ":");
    int hour = number(time, time + 2);
    int minute = number(time + 3, time + 5);
    int second = number(time + 6, time + 8);
    if (!sound) {
      return OptionalLong.empty();
    }
    try {
      LocalDateTime found = LocalDateTime.of(year, month, day, hour, minute, second);
      return OptionalLong.of(found.toEpochSecond(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns the length that the text must have if a blank and a zone name begin at the index. */
  private int lengthWithZone(int at) {
    int end = at + 1;
    while (end < text.length() && isLetter(text.charAt(end))) {
      end++;
    }
    boolean zone = end > at + 1 && end == text.length() && text.charAt(at) == ' ';
    return zone ? end : -1;
  }

  private void expect(int at, String literal) {
    sound &= text.startsWith(literal, at);
  }

  private void expect(int from, int to, List<String> words) {
    boolean one = false;
    for (String word : words) {
      one |= word.length() == to - from && text.startsWith(word, from);
    }
    sound &= one;
  }

  private int month(int at) {
    int month = 0;
    while (month < 12 && !text.regionMatches(at, MONTHS, 3 * month, 3)) {
      month++;
    }
    sound &= month < 12;
    return month + 1;
  }

  private int number(int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      sound &= digit >= 0 && digit <= 9;
      value = value * 10 + digit;
    }
    return value;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
