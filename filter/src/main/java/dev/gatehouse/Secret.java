package dev.gatehouse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret text. {@code toString} returns stars, and {@code equals} takes constant time.
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

  /** Returns a secret of a text, which may be empty. */
  public static Secret of(String value) {
    return new Secret(value, false);
  }

  /**
   * Returns a secret of a text that is not checked for placeholders and hashes. It is equal to a
   * secret of the same text.
   */
  public static Secret verbatim(String value) {
    return new Secret(value, true);
  }

  /** Returns whether the text is not checked for placeholders and hashes. */
  public boolean isVerbatim() {
    return verbatim;
  }

  /**
   * Returns a problem if the text is a placeholder of another system, or empty. The problem does
   * not contain the text. Always empty for a {@linkplain #verbatim verbatim} secret.
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

  /** Returns the text. Call it only where the text is needed, and do not log the result. */
  public String reveal() {
    return value;
  }

  /** Returns a new array with the text's UTF-8 bytes. */
  public byte[] utf8() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns whether the bytes are equal. The time does not depend on the first difference. */
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
