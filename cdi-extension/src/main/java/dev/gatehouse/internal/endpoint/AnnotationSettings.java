package dev.gatehouse.internal.endpoint;

import dev.gatehouse.ConfigException;
import dev.gatehouse.annotation.LabelSetting;
import dev.gatehouse.internal.json.Bounds;
import dev.gatehouse.internal.json.JsonException;
import dev.gatehouse.internal.json.JsonWriter;
import dev.gatehouse.internal.json.StrictJson;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of an annotation, as the JSON that a configuration file would contain. */
final class AnnotationSettings {
  private static final StrictJson JSON = StrictJson.json(Bounds.ofDepth(32));

  private AnnotationSettings() {}

  /**
   * Returns the set members, sorted by name, so that equal annotations have equal texts.
   *
   * @throws ConfigException if the type of a member is not supported
   */
  static String json(Annotation annotation) {
    Map<String, Object> settings = new TreeMap<>();
    for (Method member : annotation.annotationType().getDeclaredMethods()) {
      Object value = value(annotation, member);
      if (!Objects.deepEquals(value, member.getDefaultValue())) {
        LabelSetting labels = member.getAnnotation(LabelSetting.class);
        if (labels == null) {
          settings.put(snake(member.getName()), setting(annotation, member, value));
        } else {
          settings.put(labels.value(), labels(annotation, member, value));
        }
      }
    }
    return JsonWriter.write(settings);
  }

  /** Returns whether two JSON texts are equal, ignoring blanks and the order of members. */
  static boolean areEqual(String one, String other) {
    return one.equals(other) || Objects.equals(tree(one), tree(other));
  }

  /**
   * Returns whether a JSON text has a member of this name that is true, at any depth. Returns false
   * if the text is not JSON, which is reported when the settings are read.
   */
  static boolean hasTrue(String json, String name) {
    return holdsTrue(tree(json), name);
  }

  private static boolean holdsTrue(@Nullable Object tree, String name) {
    if (tree instanceof Map<?, ?> map) {
      return Boolean.TRUE.equals(map.get(name))
          || map.values().stream().anyMatch(member -> holdsTrue(member, name));
    }
    return tree instanceof List<?> list && list.stream().anyMatch(item -> holdsTrue(item, name));
  }

  /** Returns the tree of a text, or the text itself if it is not JSON. */
  private static @Nullable Object tree(String json) {
    try {
      return JSON.value(json);
    } catch (JsonException e) {
      return json;
    }
  }

  private static Object setting(Annotation annotation, Method member, Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    }
    if (value.getClass().isArray()) {
      List<Object> items = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        items.add(setting(annotation, member, Array.get(value, i)));
      }
      return items;
    }
    throw mistake(annotation, member, "must be a text, number, boolean, enum or an array of these");
  }

  private static Map<String, List<String>> labels(
      Annotation annotation, Method member, Object value) {
    Map<String, List<String>> labels = new TreeMap<>();
    for (String label :
        value instanceof String[] texts ? Arrays.asList(texts) : List.<String>of()) {
      int colon = label.indexOf(':');
      if (colon < 1 || colon == label.length() - 1) {
        throw mistake(annotation, member, "must hold name:value, was \"" + label + '"');
      }
      labels
          .computeIfAbsent(label.substring(0, colon), name -> new ArrayList<>())
          .add(label.substring(colon + 1));
    }
    return labels;
  }

  private static Object value(Annotation annotation, Method member) {
    try {
      member.setAccessible(true);
      return member.invoke(annotation);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw mistake(annotation, member, "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static ConfigException mistake(Annotation annotation, Method member, String problem) {
    return new ConfigException(
        "@" + annotation.annotationType().getSimpleName() + "." + member.getName(), problem);
  }

  private static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
