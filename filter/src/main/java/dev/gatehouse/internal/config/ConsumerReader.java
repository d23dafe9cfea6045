package dev.gatehouse.internal.config;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the {@code consumers} of a configuration. Single use; not safe for use by several
 * threads.
 *
 * <p>Paths contain the Consumer's username, as in {@code consumers[acme].labels}, or its index if
 * the username is invalid.
 */
public final class ConsumerReader {

  private final Reading reading;
  private final ConfigProblems mistakes;
  private final CredentialReader credentials;
  private final Predicate<String> groups;
  private final Set<String> usernames = new HashSet<>();

  /**
   * Creates a reader.
   *
   * @param warnings receives the skipped Credentials
   * @param groups returns whether a group id exists
   */
  public ConsumerReader(
      Reading reading,
      ConfigProblems mistakes,
      List<ConfigProblem> warnings,
      Predicate<String> groups) {
    this.groups = groups;
    this.reading = reading;
    this.mistakes = mistakes;
    this.credentials = new CredentialReader(reading, mistakes, warnings);
  }

  /** Returns the valid Consumers in order. */
  public List<ConsumerEntry> read(@Nullable Object value) {
    List<ConsumerEntry> entries = new ArrayList<>();
    List<Map<String, Object>> consumers = objects("consumers", value, mistakes);
    for (int i = 0; i < consumers.size(); i++) {
      read(consumers.get(i), i).ifPresent(entries::add);
    }
    return entries;
  }

  /** Returns the objects of a list. Any other item is reported and becomes an empty object. */
  public static List<Map<String, Object>> objects(
      String path, @Nullable Object value, ConfigProblems mistakes) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      mistakes.add(path, "must be a list of objects");
      return List.of();
    }
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Object item : list) {
      Map<String, Object> members = new LinkedHashMap<>();
      if (item instanceof Map<?, ?> map && !map.isEmpty()) {
        map.forEach((name, member) -> members.put((String) name, member));
      } else {
        mistakes.add(path + "[" + objects.size() + "]", "must be an object with members");
      }
      objects.add(members);
    }
    return objects;
  }

  private Optional<ConsumerEntry> read(Map<String, Object> members, int index) {
    if (members.isEmpty()) {
      return Optional.empty();
    }
    String path = path(members.get("username"), index);
    Map<String, Object> own = new LinkedHashMap<>(members);
    Object credentialList = own.remove("credentials");
    Map<String, Object> inline = inline(own);
    SettingsReader reader =
        PluginSettings.of(
                reading.references().resolve(path, own, SecretReferences.Sinks.both(mistakes)))
            .read(path, mistakes);
    String username = reader.requiredText("username");
    if (!username.isEmpty() && !usernames.add(username)) {
      mistakes.add(
          "consumers[" + index + "].username", "\"" + username + "\" is the name of another one");
    }
    Optional<Consumer> consumer = consumer(reader, username.isEmpty() ? "unnamed" : username);
    reader.has("credentials");
    reader.finish();
    CredentialReader.Owner owner = new CredentialReader.Owner(path, username);
    List<CredentialEntry> entries = new ArrayList<>(credentials.inline(owner, inline));
    entries.addAll(credentials.read(owner, credentialList));
    return consumer.map(found -> new ConsumerEntry(found, entries));
  }

  /** Removes the credential plugins from a Consumer's own plugins and returns them. */
  private Map<String, Object> inline(Map<String, Object> own) {
    Map<String, Object> inline = new LinkedHashMap<>();
    if (own.get("plugins") instanceof Map<?, ?> plugins) {
      Map<String, Object> rest = new LinkedHashMap<>();
      plugins.forEach(
          (name, settings) -> {
            boolean proves = reading.plugins().credentialPlugin((String) name) != null;
            (proves ? inline : rest).put((String) name, settings);
          });
      own.put("plugins", rest);
    }
    return inline;
  }

  private Optional<Consumer> consumer(SettingsReader reader, String username) {
    Consumer.Builder builder =
        Consumer.named(username)
            .description(reader.text("desc").orElse(""))
            .labels(reader.textMap("labels"))
            .group(group(reader));
    PluginSet plugins = reading.plugins().ofConsumer(reader.members("plugins"), mistakes);
    try {
      return Optional.of(builder.plugins(plugins).build());
    } catch (ConfigException e) {
      reader.addAll(e);
      return Optional.empty();
    }
  }

  private String group(SettingsReader reader) {
    String group = reader.nonEmpty("group_id").orElse("");
    if (!group.isEmpty() && !groups.test(group)) {
      reader.report(
          "group_id",
          ConfigProblem.Code.UNKNOWN_GROUP,
          "names a group that is not there: " + group);
    }
    return group;
  }

  private static String path(@Nullable Object username, int index) {
    boolean valid = username instanceof String text && Consumer.isUsername(text);
    return "consumers[" + (valid ? username : String.valueOf(index)) + "]";
  }
}
