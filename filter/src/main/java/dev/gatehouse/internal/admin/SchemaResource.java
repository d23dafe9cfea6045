package dev.gatehouse.internal.admin;

import dev.gatehouse.settings.ConfigProblems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resources {@code plugins} and {@code schema}: the JSON Schemas of records, and the validation
 * of a record without writing it.
 */
public record SchemaResource(Administration admin) {
  private static final Map<String, Object> OBJECT = Map.of("type", "object");
  private static final Map<String, Object> LABELS =
      Map.of(
          "type", "object", "additionalProperties", Map.of("type", "string", "pattern", "^\\S+$"));
  private static final Map<String, Object> DESCRIPTION = Map.of("type", "string", "maxLength", 256);
  private static final Map<String, Object> TIME = Map.of("type", "string", "format", "date-time");

  /** Handles {@code plugins} and {@code plugins/{name}}. */
  public AdminResponse plugins(AdminRequest ask) {
    if (!reads(ask)) {
      return AdminResponse.notSupported(ask.method(), "plugins");
    }
    if (ask.path().size() == 1) {
      List<Map<String, Object>> list =
          admin.plugins().stream()
              .<Map<String, Object>>map(
                  name -> Map.of("name", name, "auth", admin.credentialPlugins().contains(name)))
              .toList();
      return AdminResponse.of(200, Map.entry("list", list), Map.entry("total", list.size()));
    }
    boolean onConsumer = ask.first("schema_type").filter("consumer"::equals).isPresent();
    return ask.path().size() == 2
        ? shown(ask.path().get(1), admin.schema(ask.path().get(1), onConsumer))
        : AdminResponse.error(404, "not found");
  }

  /** Handles {@code schema/{kind}} and {@code schema/validate/{kinds}}. */
  public AdminResponse schema(AdminRequest ask) {
    if (ask.path().size() == 3 && ask.path().get(1).equals("validate")) {
      return ask.method().equals("POST")
          ? validated(ask, ask.path().get(2))
          : AdminResponse.notSupported(ask.method(), "schema");
    }
    if (!reads(ask)) {
      return AdminResponse.notSupported(ask.method(), "schema");
    }
    return ask.path().size() == 2
        ? shown(ask.path().get(1), kind(ask.path().get(1)))
        : AdminResponse.error(404, "not found");
  }

  private static boolean reads(AdminRequest ask) {
    return ask.method().equals("GET") || ask.method().equals("HEAD");
  }

  private static AdminResponse shown(String name, Optional<Map<String, Object>> schema) {
    return schema
        .map(found -> AdminResponse.of(200, found))
        .orElseGet(
            () -> AdminResponse.error(400, "not found schema: " + AdminResponse.printable(name)));
  }

  private static Optional<Map<String, Object>> kind(String name) {
    return switch (name) {
      case "consumer" -> Optional.of(consumer());
      case "credential" -> Optional.of(credential());
      case "consumer_group" -> Optional.of(group());
      default -> Optional.empty();
    };
  }

  private static Map<String, Object> pattern(String regex, int most) {
    return Map.of("type", "string", "pattern", regex, "maxLength", most);
  }

  private static Map<String, Object> consumer() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("username", pattern("^[a-zA-Z0-9_-]+$", 512));
    properties.put("desc", DESCRIPTION);
    properties.put("labels", LABELS);
    properties.put("group_id", pattern("^[a-zA-Z0-9_.-]+$", 64));
    properties.put("plugins", OBJECT);
    return object(properties, List.of("username"));
  }

  private static Map<String, Object> credential() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("id", pattern("^[a-zA-Z0-9_.-]+$", 64));
    properties.put("name", Map.of("type", "string", "minLength", 1));
    properties.put("desc", DESCRIPTION);
    properties.put("labels", LABELS);
    properties.put("not_before", TIME);
    properties.put("expires_at", TIME);
    properties.put("disabled", Map.of("type", "boolean", "default", false));
    properties.put("plugins", Map.of("type", "object", "minProperties", 1, "maxProperties", 1));
    return object(properties, List.of("name", "plugins"));
  }

  private static Map<String, Object> group() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("id", pattern("^[a-zA-Z0-9_.-]+$", 64));
    properties.put("name", DESCRIPTION);
    properties.put("desc", DESCRIPTION);
    properties.put("labels", LABELS);
    properties.put("plugins", OBJECT);
    return object(properties, List.of("id", "plugins"));
  }

  private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  /** Uses the reader that writes use. */
  private AdminResponse validated(AdminRequest ask, String kinds) {
    Map<String, Object> body = JsonBody.present(ask.members());
    ConfigProblems mistakes = new ConfigProblems();
    switch (kinds) {
      case "consumers" -> admin.consumer(body, mistakes);
      case "credentials" -> admin.credential("unnamed", body, mistakes);
      case "consumer_groups" -> admin.group(body, mistakes);
      default ->
          throw AdminException.badRequest("not found schema: " + AdminResponse.printable(kinds));
    }
    ValidationMessages.throwIfAny(mistakes);
    return AdminResponse.of(200, Map.of("valid", true));
  }
}
