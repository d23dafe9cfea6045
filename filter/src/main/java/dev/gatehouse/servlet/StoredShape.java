package dev.gatehouse.servlet;

import dev.gatehouse.Credential;
import dev.gatehouse.Mistakes;
import dev.gatehouse.PluginSettings;
import dev.gatehouse.SettingsReader;
import dev.gatehouse.spi.ConsumerEntry;
import dev.gatehouse.spi.CredentialEntry;
import dev.gatehouse.spi.LookupKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Credentials that stand in a file as a store keeps them: with the digest under which they
 * are found, and settings whose secrets are encrypted. Used once, by one thread.
 */
final class StoredShape {
  private static final String STORED = "stored";
  private static final String CREDENTIALS = "credentials";

  private final Reading reading;
  private final Mistakes mistakes;
  private final Map<String, List<CredentialEntry>> found = new HashMap<>();

  StoredShape(Reading reading, Mistakes mistakes) {
    this.reading = reading;
    this.mistakes = mistakes;
  }

  /** A Consumer without those of its Credentials, which are read. */
  Map<String, Object> without(Map<String, Object> consumer) {
    Map<String, Object> rest = new LinkedHashMap<>(consumer);
    if (!(rest.get(CREDENTIALS) instanceof List<?> all)) {
      return rest;
    }
    List<Object> others = new ArrayList<>();
    String username = String.valueOf(consumer.get("username"));
    for (Object one : all) {
      if (one instanceof Map<?, ?> members && members.containsKey(STORED)) {
        Map<String, Object> copy = new LinkedHashMap<>();
        members.forEach((name, value) -> copy.put((String) name, value));
        String path = "consumers[" + username + "].credentials[" + copy.get("id") + "]";
        read(path, copy)
            .ifPresent(
                entry -> found.computeIfAbsent(username, name -> new ArrayList<>()).add(entry));
      } else {
        others.add(one);
      }
    }
    if (others.isEmpty()) {
      rest.remove(CREDENTIALS);
    } else {
      rest.put(CREDENTIALS, others);
    }
    return rest;
  }

  /** A Consumer together with those of its Credentials. */
  ConsumerEntry with(ConsumerEntry entry) {
    List<CredentialEntry> all = new ArrayList<>(entry.credentials());
    all.addAll(found.getOrDefault(entry.consumer().username(), List.of()));
    return new ConsumerEntry(entry.consumer(), all);
  }

  private Optional<CredentialEntry> read(String path, Map<String, Object> members) {
    Object form = members.remove(STORED);
    Object plugins = members.remove("plugins");
    String plugin =
        plugins instanceof Map<?, ?> map && map.size() == 1
            ? String.valueOf(map.keySet().iterator().next())
            : "";
    if (reading.plugins().credentialPlugin(plugin) == null) {
      mistakes.add(path + ".plugins", "must name exactly one plugin that proves who calls");
      return Optional.empty();
    }
    Optional<Credential> credential = credential(path, plugin, members);
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put(STORED, form);
    SettingsReader stored = PluginSettings.of(whole).read(path, mistakes).object(STORED, form);
    Optional<LookupKey> lookup = lookup(stored);
    PluginSettings settings = settings(stored);
    stored.finish();
    return credential.flatMap(
        described -> lookup.map(place -> new CredentialEntry(described, place, settings)));
  }

  private Optional<Credential> credential(String path, String plugin, Map<String, Object> members) {
    if (Credential.inlineId(plugin).equals(members.get("id"))) {
      return Optional.of(Credential.of(Credential.inlineId(plugin), plugin).build());
    }
    Mistakes own = new Mistakes();
    Optional<Credential> described =
        new CredentialReader(reading, own, new ArrayList<>()).described(plugin, members);
    own.found().forEach(one -> mistakes.add(path + "." + one.path(), one.problem()));
    return own.found().isEmpty() ? described : Optional.empty();
  }

  private static Optional<LookupKey> lookup(SettingsReader stored) {
    String hex = stored.requiredText("lookup");
    if (!hex.matches("[0-9a-f]{64}")) {
      stored.mistake("lookup", "must be 64 hexadecimal digits in lower case");
      return Optional.empty();
    }
    return Optional.of(LookupKey.of(HexFormat.of().parseHex(hex)));
  }

  private static PluginSettings settings(SettingsReader stored) {
    if (!stored.has("settings")) {
      stored.mistake("settings", "is required");
    }
    return stored.member("settings").map(SettingsReader::all).orElse(PluginSettings.EMPTY);
  }
}
