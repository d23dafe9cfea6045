package dev.gatehouse.internal.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies JSON Merge Patch (RFC 7396). */
final class MergePatch {
  private MergePatch() {}

  /**
   * Returns a copy of a tree with the patch applied: null removes a member, an object is merged.
   */
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

  /**
   * Returns a copy of a tree in which a value is set at a path.
   *
   * @param path names of members, at least one; objects that are missing on the way are created
   * @throws AdminException if the path leads through something that is not an object
   */
  static Map<String, Object> set(Map<String, Object> tree, List<String> path, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(tree);
    String name = path.get(0);
    if (path.size() == 1) {
      changed.put(name, value);
      return changed;
    }
    Object below = changed.getOrDefault(name, Map.of());
    if (!(below instanceof Map<?, ?> members)) {
      throw AdminException.badRequest("invalid sub-path: /" + AdminResponse.printable(name));
    }
    Map<String, Object> inner = new LinkedHashMap<>();
    members.forEach((key, member) -> inner.put((String) key, member));
    changed.put(name, set(inner, path.subList(1, path.size()), value));
    return changed;
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
