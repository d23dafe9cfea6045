package dev.gatehouse.internal.property;

import dev.gatehouse.internal.admin.AdminKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code gatehouse.admin-keys}: a comma-separated list of names, roles and digests of keys.
 */
final class AdminKeys {
  private static final String NAME = "gatehouse.admin-keys";
  private static final Pattern KEY =
      Pattern.compile(
          "([a-zA-Z0-9_.-]{1,64}):(admin|viewer):sha256:([0-9a-f]{64})", Pattern.CASE_INSENSITIVE);

  private AdminKeys() {}

  static List<AdminKey> read(PropertyReader values) {
    Optional<String> text = values.text(NAME);
    List<AdminKey> keys = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String one : text.map(all -> all.split(",", -1)).orElse(new String[0])) {
      Matcher key = KEY.matcher(one.strip());
      if (!key.matches()) {
        values.report(
            NAME,
            "must be name:role:sha256:digest with commas between; role is admin or viewer, digest"
                + " the key's SHA-256 in 64 hexadecimal digits");
        return List.of();
      }
      if (!names.add(key.group(1))) {
        values.report(NAME, "must name each key once, named " + key.group(1) + " twice");
      }
      keys.add(
          new AdminKey(
              key.group(1),
              AdminKey.Role.valueOf(key.group(2).toUpperCase(Locale.ROOT)),
              key.group(3).toLowerCase(Locale.ROOT)));
    }
    return List.copyOf(keys);
  }
}
