package dev.gatehouse.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.Secret;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON as the Admin API takes and gives it: one object, no member twice, everything bounded
 * (security A3). What is wrong is told with its place and never quoted.
 */
final class AdminJson {
  /** What stands for a secret that is not shown; nobody can set it. */
  static final String HIDDEN = "***";

  private static final int DEEPEST = 32;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_NUMBER = 64;
  private static final int MOST_DIGITS = 9_999;
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(?!text://)[a-z][a-z0-9+.-]*://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Recycled buffers would stay behind in thread-locals when the application is undeployed. */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNameLength(LONGEST_NAME)
                          .build())
                  .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private AdminJson() {}

  /**
   * A JSON value.
   *
   * @param value a tree of maps, lists, texts, numbers and booleans, or null
   */
  record Tree(@Nullable Object value) {
    /**
     * Returns the members of an object.
     *
     * @throws Refused if the value is something else
     */
    Map<String, @Nullable Object> members() {
      if (!(value instanceof Map<?, ?> map)) {
        throw Refused.badRequest("invalid request body: must be an object");
      }
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put((String) name, member));
      return members;
    }
  }

  /**
   * Reads one JSON value.
   *
   * @throws Refused if the bytes are none, or hold what a request must not send
   */
  static Tree read(byte[] bytes) {
    try {
      return new Tree(value("", JSON.readValue(text(bytes), JsonNode.class)));
    } catch (JsonProcessingException e) {
      throw Refused.badRequest("invalid request body: must be one JSON object" + place(e));
    } catch (RuntimeException e) {
      if (e instanceof Refused refused) {
        throw refused;
      }
      throw Refused.badRequest("invalid request body: must be one JSON object");
    }
  }

  /**
   * The text of a body.
   *
   * @throws Refused if it is not UTF-8
   */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Refused.badRequest("invalid request body: must be UTF-8");
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private static Map<String, @Nullable Object> members(String path, JsonNode object) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            one -> {
              String name = named(path, one.getKey());
              members.put(name, value(path + "." + name, one.getValue()));
            });
    return members;
  }

  private static @Nullable Object value(String path, JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> members(path, node);
      case ARRAY -> items(path, node);
      case STRING -> checked(path, node.textValue());
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(path, node);
      default -> null;
    };
  }

  private static List<@Nullable Object> items(String path, JsonNode array) {
    List<@Nullable Object> items = new ArrayList<>();
    array.forEach(item -> items.add(value(path + "[" + items.size() + "]", item)));
    return items;
  }

  private static Object number(String path, JsonNode number) {
    if (number.canConvertToLong() && number.isIntegralNumber()) {
      return number.longValue();
    }
    BigDecimal exact = number.decimalValue();
    if (Math.abs((long) exact.scale()) > MOST_DIGITS) {
      throw wrong(path, "must be a smaller number");
    }
    return exact;
  }

  private static String named(String path, String name) {
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      throw wrong(path, "must have names of 1 to 256 characters without control characters");
    }
    return name;
  }

  private static String checked(String path, String text) {
    if (REFERENCE.matcher(text).matches()) {
      throw wrong(path, "must be the value itself: references are for the configuration file");
    }
    if (text.equals(HIDDEN)) {
      throw wrong(path, "must not be " + HIDDEN + ", which stands for a secret that is not shown");
    }
    return text;
  }

  private static Refused wrong(String path, String problem) {
    String shown = path.startsWith(".") ? path.substring(1) : path;
    return Refused.badRequest("invalid configuration: " + shown + ": " + problem);
  }

  /** The members, which may not be null. */
  static Map<String, Object> present(Map<String, @Nullable Object> tree) {
    Map<String, Object> members = new LinkedHashMap<>();
    tree.forEach((name, value) -> members.put(name, present("." + name, value)));
    return members;
  }

  /** Returns a value that is not null and holds no null. */
  static Object present(String path, @Nullable Object value) {
    if (value == null) {
      throw wrong(path, "must not be null");
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put((String) name, present(path + "." + name, member)));
      return members;
    }
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        Object unused = present(path + "[" + i + "]", list.get(i));
      }
    }
    return value;
  }

  /** Returns the text of a tree and a line feed; secrets are not shown. */
  static byte[] write(Map<String, ?> tree) {
    try {
      byte[] text = JSON.writeValueAsBytes(shown(tree));
      byte[] line = Arrays.copyOf(text, text.length + 1);
      line[text.length] = '\n';
      return line;
    } catch (IOException e) {
      throw new IllegalStateException("an answer holds JSON values only", e);
    }
  }

  private static Object shown(Object value) {
    if (value instanceof Secret) {
      return HIDDEN;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put((String) name, shown(member)));
      return members;
    }
    return value instanceof List<?> list ? list.stream().map(AdminJson::shown).toList() : value;
  }
}
