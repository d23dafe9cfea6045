package dev.gatehouse.internal.request;

import org.jspecify.annotations.Nullable;

/** Numbers and dates of headers that we answer ourselves. */
final class HeaderNumbers {
  private HeaderNumbers() {}

  static int integer(@Nullable String value) {
    return value == null ? -1 : Integer.parseInt(value);
  }

  static long date(@Nullable String value) {
    if (value == null) {
      return -1;
    }
    throw new IllegalArgumentException("not a date");
  }
}
