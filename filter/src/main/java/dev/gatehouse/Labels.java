package dev.gatehouse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one rule for labels of Consumers and Credentials.
 *
 * <p>Stricter than reference section 1.1 in one point: values are visible ASCII, because a label
 * may become a header value.
 */
final class Labels {
  private static final int MOST = 256;

  private Labels() {}

  static Map<String, String> checked(Map<String, String> labels, Mistakes mistakes) {
    labels.forEach((name, value) -> check(name, value, mistakes));
    return labels.size() > 1
        ? Collections.unmodifiableMap(new LinkedHashMap<>(labels))
        : Map.copyOf(labels);
  }

  private static void check(String name, String value, Mistakes mistakes) {
    if (name.isEmpty()
        || name.length() > MOST
        || !name.chars().allMatch(c -> c > ' ' && c != 127)) {
      mistakes.add("labels", "a label's name must be 1 to 256 characters without blanks");
    }
    if (value.isEmpty()
        || value.length() > MOST
        || !value.chars().allMatch(c -> c > 32 && c < 127)) {
      mistakes.add("labels." + name, "must be 1 to 256 visible ASCII characters without blanks");
    }
  }
}
