package dev.gatehouse.internal.imports;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.config.CredentialReader;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.config.SealedValues;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Credentials of an export of a store: with a lookup digest and encrypted secrets. Single
 * use; not safe for use by several threads.
 */
final class StoredShape {
  private static final String STORED = "stored";
  private static final String CREDENTIALS = "credentials";
  private static final String PLUGINS = "plugins";
  private static final String PLAIN =
      "must be sealed or hashed, as an export has it: this is plain text";

  private final Reading reading;
  private final ConfigProblems mistakes;
  private final Map<String, List<CredentialEntry>> found = new HashMap<>();
  private final SealedValues values = new SealedValues();

  StoredShape(Reading reading, ConfigProblems mistakes) {
    this.reading = reading;
    this.mistakes = mistakes;
  }

  /** A Consumer without its stored Credentials, and these Credentials. */
  Map<String, Object> without(Map<String, Object> consumer) {
    Map<String, Object> rest = new LinkedHashMap<>(consumer);
    rest.computeIfPresent(PLUGINS, (name, plugins) -> values.taken(plugins));
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

  /** Returns a Consumer with its stored Credentials. */
  ConsumerEntry with(ConsumerEntry entry) {
    List<CredentialEntry> all = new ArrayList<>(entry.credentials());
    String username = entry.consumer().username();
    all.addAll(found.getOrDefault(username, List.of()));
    Consumer sealed =
        values.sealed(
            entry.consumer(),
            (path, open) -> mistakes.add("consumers[" + username + "]." + path, PLAIN));
    return new ConsumerEntry(sealed, all);
  }

  private Optional<CredentialEntry> read(String path, Map<String, Object> members) {
    Object form = members.remove(STORED);
    Object plugins = members.remove(PLUGINS);
    String plugin =
        plugins instanceof Map<?, ?> map && map.size() == 1
            ? String.valueOf(map.keySet().iterator().next())
            : "";
    if (reading.plugins().credentialPlugin(plugin) == null) {
      mistakes.add(path + ".plugins", "must name exactly one credential plugin");
      return Optional.empty();
    }
    Optional<Credential> credential = credential(path, plugin, members);
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put(STORED, form);
    SettingsReader stored = PluginSettings.of(whole).read(path, mistakes).object(STORED, form);
    Optional<LookupKey> lookup = lookup(stored);
    stored.member("settings").ifPresent(kept -> reading.keySets().allow(plugin, kept));
    PluginSettings settings = settings(stored);
    stored.finish();
    refusePlain(path + "." + STORED + ".settings", plugin, settings);
    return credential.flatMap(
        described -> lookup.map(place -> new CredentialEntry(described, place, settings)));
  }

  /**
   * Refuses a text in place of an encrypted secret or of a hash.
   *
   * <p>Other problems that the plugin reports are ignored, because a stored form has no lookup
   * value.
   */
  private void refusePlain(String path, String plugin, PluginSettings settings) {
    CredentialPlugin<?> known = reading.plugins().credentialPlugin(plugin);
    if (known == null || settings.values().isEmpty()) {
      return;
    }
    PluginSettings open = PluginSettings.of(members(new SealedValues().taken(settings.values())));
    ConfigProblems unused = new ConfigProblems();
    Map<String, Object> kept =
        reading
            .plugins()
            .readCredential(known, open.read(path, unused), unused)
            .map(form -> form.kept().values())
            .orElse(Map.of());
    boolean ours = known.getClass().getPackageName().startsWith("dev.gatehouse.internal.auth");
    settings
        .values()
        .forEach(
            (name, value) -> {
              Object own = kept.get(name);
              boolean changed = ours && own instanceof String && !own.equals(value);
              if (value instanceof String && (own instanceof Secret || changed)) {
                mistakes.add(path + "." + name, PLAIN);
              }
            });
  }

  private static Map<String, Object> members(Object tree) {
    Map<String, Object> members = new LinkedHashMap<>();
    ((Map<?, ?>) tree).forEach((name, value) -> members.put((String) name, value));
    return members;
  }

  private Optional<Credential> credential(String path, String plugin, Map<String, Object> members) {
    if (Credential.inlineId(plugin).equals(members.get("id"))) {
      return Optional.of(Credential.of(Credential.inlineId(plugin), plugin).build());
    }
    ConfigProblems own = new ConfigProblems();
    Optional<Credential> described =
        new CredentialReader(reading, own, new ArrayList<>()).described(plugin, members);
    own.found().forEach(one -> mistakes.add(one.at(path + "." + one.path())));
    return own.found().isEmpty() ? described : Optional.empty();
  }

  private static Optional<LookupKey> lookup(SettingsReader stored) {
    String hex = stored.requiredText("lookup");
    if (!hex.matches("[0-9a-f]{64}")) {
      stored.report("lookup", "must be 64 hexadecimal digits in lower case");
      return Optional.empty();
    }
    return Optional.of(LookupKey.of(HexFormat.of().parseHex(hex)));
  }

  private static PluginSettings settings(SettingsReader stored) {
    if (!stored.has("settings")) {
      stored.report("settings", ConfigProblem.Code.REQUIRED, "is required");
    }
    return stored.member("settings").map(SettingsReader::all).orElse(PluginSettings.EMPTY);
  }
}
