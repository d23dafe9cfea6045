package dev.gatehouse.servlet;

import dev.gatehouse.Mistakes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings the Consumers of other products' files into the shape of {@code gatehouse.yaml}: those of
 * ADC (a Credential has {@code type} and {@code config}), and Kong's declarative ones (each kind of
 * Credential has a list of its own). Used once, by one thread.
 */
final class ImportShape {
  /** Kong's list, our plugin, and their names for its settings. */
  private record Kind(String plugin, Map<String, String> settings) {}

  private static final Map<String, Kind> KONG =
      Map.of(
          "keyauth_credentials", new Kind("key-auth", Map.of("key", "key")),
          "basicauth_credentials",
              new Kind("basic-auth", Map.of("username", "username", "password", "password")),
          "hmacauth_credentials",
              new Kind("hmac-auth", Map.of("username", "key_id", "secret", "secret_key")),
          "jwt_secrets",
              new Kind(
                  "jwt-auth",
                  Map.of(
                      "key", "key",
                      "secret", "secret",
                      "algorithm", "algorithm",
                      "rsa_public_key", "public_key")));

  /** What Kong's records have beside that and what means nothing here. */
  private static final Set<String> KONG_ONLY = Set.of("id", "created_at", "tags", "consumer");

  /** Of a label that begins or is cut like a list, acl would make other groups than these. */
  private static final Pattern GROUP = Pattern.compile("[!-~&&[^,\\[\\]]]+");

  private final Mistakes mistakes;

  ImportShape(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** A Consumer in our shape; what is in it already stays as it is. */
  Map<String, Object> ofConsumer(String path, Map<String, Object> consumer) {
    Map<String, Object> ours = new LinkedHashMap<>(consumer);
    moved(ours, "description", "desc");
    List<Object> credentials = new ArrayList<>();
    if (ours.remove("credentials") instanceof List<?> given) {
      given.forEach(one -> credentials.add(one instanceof Map<?, ?> map ? ofAdc(map) : one));
    } else if (consumer.containsKey("credentials")) {
      credentials.add(consumer.get("credentials"));
    }
    boolean kong = KONG.keySet().stream().anyMatch(ours::containsKey);
    KONG.forEach((list, kind) -> credentials.addAll(ofKong(path, ours.remove(list), kind)));
    if (kong || ours.containsKey("custom_id") || ours.containsKey("acls")) {
      labels(path, ours);
    }
    if (!credentials.isEmpty()) {
      ours.put("credentials", credentials);
    }
    return ours;
  }

  private static void moved(Map<String, Object> members, String from, String to) {
    Object value = members.remove(from);
    if (value != null) {
      members.putIfAbsent(to, value);
    }
  }

  private static Map<String, Object> ofAdc(Map<?, ?> credential) {
    Map<String, Object> ours = new LinkedHashMap<>();
    credential.forEach((name, value) -> ours.put((String) name, value));
    moved(ours, "description", "desc");
    if (ours.get("type") instanceof String type && !ours.containsKey("plugins")) {
      ours.remove("type");
      Object config = ours.remove("config");
      ours.put("plugins", Map.of(type, config == null ? Map.of() : config));
    }
    return ours;
  }

  private List<Object> ofKong(String path, @Nullable Object list, Kind kind) {
    List<Object> credentials = new ArrayList<>();
    if (list instanceof List<?> records) {
      for (Object record : records) {
        String name = kind.plugin + "-" + (credentials.size() + 1);
        Map<String, Object> settings = new LinkedHashMap<>();
        if (record instanceof Map<?, ?> members) {
          members.forEach((member, value) -> setting(kind, settings, (String) member, value));
        } else {
          mistakes.add(path + "." + name, "must be an object with members");
        }
        credentials.add(
            new LinkedHashMap<>(Map.of("name", name, "plugins", Map.of(kind.plugin, settings))));
      }
    } else if (list != null) {
      mistakes.add(path, "must have lists of credentials");
    }
    return credentials;
  }

  /** An unknown one keeps its name, so that the plugin refuses it. */
  private static void setting(
      Kind kind, Map<String, Object> settings, String member, Object value) {
    if (!KONG_ONLY.contains(member)) {
      settings.put(kind.settings.getOrDefault(member, member), value);
    }
  }

  /** Groups become the label that acl looks at, in the order in which they stand. */
  private void labels(String path, Map<String, Object> ours) {
    Map<String, Object> labels = new LinkedHashMap<>();
    if (ours.get("labels") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> labels.put((String) name, value));
    }
    Object customId = ours.remove("custom_id");
    if (customId != null) {
      labels.put("custom_id", customId);
    }
    List<String> groups = new ArrayList<>();
    if (ours.remove("acls") instanceof List<?> acls) {
      for (Object one : acls) {
        if (one instanceof Map<?, ?> acl
            && acl.get("group") instanceof String group
            && GROUP.matcher(group).matches()) {
          groups.add(group);
        } else {
          mistakes.add(
              path + ".acls",
              "must be a list of objects with a group, which holds no comma, bracket or blank");
        }
      }
    }
    if (!groups.isEmpty()) {
      labels.put("groups", String.join(",", groups));
    }
    KONG_ONLY.forEach(ours::remove);
    ours.put("labels", labels);
  }
}
