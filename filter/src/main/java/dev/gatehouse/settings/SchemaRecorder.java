package dev.gatehouse.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A recorder of the settings that a plugin reads, as a JSON Schema (2020-12): the names, and for
 * most of them the type, the range and the default.
 */
final class SchemaRecorder {
  private static final String TYPE = "type";
  private static final Map<String, Object> STRING = Map.of(TYPE, "string");

  private final Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();

  Set<String> names() {
    return properties.keySet();
  }

  void name(String name) {
    properties.computeIfAbsent(name, asked -> new LinkedHashMap<>());
  }

  void text(String name) {
    put(name, TYPE, "string");
  }

  void nonEmpty(String name) {
    text(name);
    put(name, "minLength", 1);
  }

  void required(String name) {
    name(name);
    if (!required.contains(name)) {
      required.add(name);
    }
  }

  void number(String type, String name, Object least, Object most) {
    put(name, TYPE, type);
    put(name, "minimum", least);
    put(name, "maximum", most);
  }

  void flag(String name) {
    put(name, TYPE, "boolean");
  }

  void choice(String name, List<String> allowed) {
    put(name, TYPE, "string");
    put(name, "enum", allowed);
  }

  void texts(String name) {
    put(name, TYPE, "array");
    put(name, "items", Map.of(TYPE, "string", "minLength", 1));
  }

  void list(String name, String itemType) {
    put(name, TYPE, "array");
    put(name, "items", itemType.isEmpty() ? Map.of() : Map.of(TYPE, itemType));
  }

  void object(String name) {
    put(name, TYPE, "object");
  }

  void textMap(String name) {
    object(name);
    put(name, "additionalProperties", STRING);
  }

  void fallback(String name, Object value) {
    put(name, "default", value);
  }

  private void put(String name, String keyword, Object value) {
    properties.computeIfAbsent(name, asked -> new LinkedHashMap<>()).put(keyword, value);
  }

  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put(TYPE, "object");
    Map<String, Object> copies = new LinkedHashMap<>();
    properties.forEach((name, one) -> copies.put(name, new LinkedHashMap<>(one)));
    schema.put("properties", copies);
    if (!required.isEmpty()) {
      schema.put("required", List.copyOf(required));
    }
    schema.put("additionalProperties", false);
    return schema;
  }
}
