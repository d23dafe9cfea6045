package dev.gatehouse.spi;

import java.util.Objects;

/**
 * One response header.
 *
 * @param name the field name
 * @param value the field value, without CR and LF
 */
public record Header(String name, String value) {
  /** Refuses a value that would split the response. */
  public Header {
    Objects.requireNonNull(name, "name");
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a header value must not hold CR or LF: " + name);
    }
  }
}
