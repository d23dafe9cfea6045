package dev.gatehouse.internal.admin;

import dev.gatehouse.internal.json.Bounds;
import dev.gatehouse.internal.json.JsonException;
import dev.gatehouse.internal.json.NumberForm;
import dev.gatehouse.internal.json.StrictJson;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to the Admin API. A problem in it is reported with its place and without
 * the value.
 *
 * @param value a tree of maps, lists, texts, numbers and booleans, or null
 */
public record JsonBody(@Nullable Object value) {
  /** The placeholder of a hidden secret; a request must not contain it. */
  public static final String HIDDEN = "***";

  private static final int MAX_SCALE = 9_999;
  private static final int MAX_NAME_LENGTH = 256;
  private static final StrictJson JSON =
      StrictJson.json(Bounds.ofDepth(32).with(new NumberForm(64, 64, 64, 19)));
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(?!text://)[a-z][a-z0-9+.-]*://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /**
   * Reads one JSON value.
   *
   * @throws AdminException if the bytes are not one, or hold what a request must not send
   */
  public static JsonBody read(byte[] bytes) {
    String text = text(bytes);
    try {
      Object value = JSON.value(text);
      check("", value);
      return new JsonBody(value);
    } catch (JsonException e) {
      throw AdminException.badRequest("invalid request body: must be one JSON object" + e.place());
    }
  }

  /**
   * Decodes a body.
   *
   * @throws AdminException if it is not UTF-8
   */
  public static String text(byte[] bytes) {
    try {
      return StrictJson.text(ByteBuffer.wrap(bytes));
    } catch (JsonException e) {
      throw AdminException.badRequest("invalid request body: must be UTF-8");
    }
  }

  /**
   * Returns the members of an object.
   *
   * @throws AdminException if the value is something else
   */
  Map<String, @Nullable Object> members() {
    if (!(value instanceof Map<?, ?>)) {
      throw AdminException.badRequest("invalid request body: must be an object");
    }
    return new LinkedHashMap<>(StrictJson.members(value));
  }

  private static void check(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      StrictJson.members(value)
          .forEach(
              (name, member) -> {
                checkName(path, name);
                check(path + "." + name, member);
              });
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        check(path + "[" + i + "]", list.get(i));
      }
    } else if (value instanceof String text) {
      checkText(path, text);
    } else if (value instanceof BigDecimal exact && Math.abs((long) exact.scale()) > MAX_SCALE) {
      throw wrong(path, "must be a smaller number");
    }
  }

  private static void checkName(String path, String name) {
    if (name.isEmpty()
        || name.length() > MAX_NAME_LENGTH
        || name.chars().anyMatch(Character::isISOControl)) {
      throw wrong(path, "must have names of 1 to 256 characters without control characters");
    }
  }

  private static void checkText(String path, String text) {
    if (REFERENCE.matcher(text).matches()) {
      throw wrong(path, "must be the value itself: references are for the configuration file");
    }
    if (text.equals(HIDDEN)) {
      throw wrong(path, "must not be " + HIDDEN + ", the placeholder of a hidden secret");
    }
  }

  private static AdminException wrong(String path, String problem) {
    String shown = path.startsWith(".") ? path.substring(1) : path;
    return AdminException.badRequest("invalid configuration: " + shown + ": " + problem);
  }

  /**
   * Returns the members without nulls.
   *
   * @throws AdminException if a value in them is null
   */
  static Map<String, Object> present(Map<String, @Nullable Object> members) {
    Map<String, Object> present = new LinkedHashMap<>();
    members.forEach((name, value) -> present.put(name, present("." + name, value)));
    return present;
  }

  /**
   * Returns a value.
   *
   * @throws AdminException if it is null or holds a null
   */
  static Object present(String path, @Nullable Object value) {
    if (value == null) {
      throw wrong(path, "must not be null");
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> present(path + "." + name, member));
    }
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        present(path + "[" + i + "]", list.get(i));
      }
    }
    return value;
  }
}
