package dev.gatehouse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text that must not be seen: it prints as stars, and two of them are compared in constant time.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a text; the text may be empty. */
  public static Secret of(String value) {
    return new Secret(Objects.requireNonNull(value, "value"));
  }

  /** The text itself, for the one place that needs it. */
  public String reveal() {
    return value;
  }

  /** A fresh copy of the text's UTF-8 bytes. */
  public byte[] utf8() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** Equal when the bytes are equal; takes the same time wherever the first difference stands. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(utf8(), that.utf8());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8());
  }

  @Override
  public String toString() {
    return "***";
  }
}
