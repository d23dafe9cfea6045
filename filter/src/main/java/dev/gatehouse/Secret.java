package dev.gatehouse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text that must not be seen: it prints as stars, and two of them are compared in constant time.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Secret {
  private final String value;
  private final boolean verbatim;

  private Secret(String value, boolean verbatim) {
    this.value = Objects.requireNonNull(value, "value");
    this.verbatim = verbatim;
  }

  /** Wraps a text; the text may be empty. */
  public static Secret of(String value) {
    return new Secret(value, false);
  }

  /**
   * Wraps a text that is the secret itself, although it may look like a placeholder or a hash. It
   * is equal to a secret of the same text.
   */
  public static Secret verbatim(String value) {
    return new Secret(value, true);
  }

  /** Returns whether the text is the secret itself, whatever it looks like. */
  public boolean isVerbatim() {
    return verbatim;
  }

  /**
   * Returns what is wrong if the text is a placeholder of another system, without quoting it; empty
   * if it is none, or if the secret is {@linkplain #verbatim verbatim}.
   */
  public Optional<String> placeholder() {
    return verbatim ? Optional.empty() : Placeholder.form(value).map(Secret::replacedByNone);
  }

  private static String replacedByNone(String form) {
    return "has the form of a placeholder of another system ("
        + form
        + "), which Gatehouse does not replace; use $env://NAME or $file:///path in the"
        + " configuration file, or $text:// before a secret that really is this text";
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
