package dev.gatehouse.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies JSON Merge Patch (RFC 7396). */
final class MergePatch {
  private MergePatch() {}

  /** A copy of a tree with the patch applied: null removes a member, an object is merged. */
  static Map<String, Object> applied(Map<String, Object> tree, Map<?, ?> patch) {
    Map<String, Object> merged = new LinkedHashMap<>(tree);
    patch.forEach(
        (name, value) -> {
          @Nullable Object now = applied(merged.get(name), value);
          if (now == null) {
            merged.remove(name);
          } else {
            merged.put((String) name, now);
          }
        });
    return merged;
  }

  private static @Nullable Object applied(@Nullable Object before, @Nullable Object patch) {
    if (!(patch instanceof Map<?, ?> members)) {
      return patch;
    }
    Map<String, Object> target = new LinkedHashMap<>();
    if (before instanceof Map<?, ?> map) {
      map.forEach((name, value) -> target.put((String) name, value));
    }
    return applied(target, members);
  }
}
