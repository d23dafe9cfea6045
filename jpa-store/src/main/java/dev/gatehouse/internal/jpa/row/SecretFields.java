package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.Credential;
import dev.gatehouse.Secret;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Encryption of the secrets in settings that are written to the database, and their decryption.
 *
 * <p>A secret becomes {@code {"$sealed": text}}. Safe for use by several threads.
 *
 * @param seal the cipher; without it secrets are refused
 */
public record SecretFields(Optional<SecretCipher> seal) {
  public static final String MARK = "$sealed";

  /** The substitute for a secret that cannot be decrypted. */
  private static final Secret UNREADABLE = Secret.of("unreadable");

  /** A function of a value at a path. */
  @FunctionalInterface
  private interface Step {
    Object at(String path, Object value);
  }

  public Consumer sealed(Consumer consumer) {
    return with(consumer, this::close);
  }

  public CredentialEntry sealed(String username, CredentialEntry entry) {
    String place = place(username, entry.credential().id(), entry.credential().plugin());
    Map<String, Object> sealed =
        tree("plugins." + entry.credential().plugin(), entry.settings().values(), closing(place));
    return new CredentialEntry(
        entry.credential(), entry.lookup(), PluginSettings.of(sealed), entry.previous());
  }

  public PluginSettings sealed(StoredCredential stored, PluginSettings settings) {
    String plugin = stored.credential().plugin();
    String place = place(stored.consumer().username(), stored.credential().id(), plugin);
    return PluginSettings.of(tree("plugins." + plugin, settings.values(), closing(place)));
  }

  public ConsumerEntry sealed(ConsumerEntry entry) {
    String username = entry.consumer().username();
    return new ConsumerEntry(
        sealed(entry.consumer()),
        entry.credentials().stream().map(one -> sealed(username, one)).toList());
  }

  public ConsumerGroup sealed(ConsumerGroup group) {
    return with(group, plugins -> with(groupPlace(group.id()), plugins, this::close));
  }

  /**
   * Returns the plugins of a group for requests.
   *
   * @throws IllegalStateException if a secret cannot be opened
   */
  public PluginSet opened(String group, PluginSet plugins) {
    return isSealed(plugins) ? with(groupPlace(group), plugins, this::open) : plugins;
  }

  /** Returns a group for the Admin API. Secrets that cannot be decrypted stay sealed. */
  public ConsumerGroup readable(ConsumerGroup group) {
    if (!isSealed(group.plugins())) {
      return group;
    }
    try {
      return with(group, plugins -> opened(group.id(), plugins));
    } catch (IllegalStateException | IllegalArgumentException e) {
      return group;
    }
  }

  private static ConsumerGroup with(ConsumerGroup group, UnaryOperator<PluginSet> change) {
    return new ConsumerGroup(
        group.id(),
        group.name(),
        group.description(),
        group.labels(),
        change.apply(group.plugins()));
  }

  private static boolean isSealed(PluginSet plugins) {
    return plugins.asMap().values().stream().anyMatch(all -> holdsSealed(all.values()));
  }

  /** Returns the place of a group. Its username is empty, which no Consumer has. */
  private static Place groupPlace(String id) {
    return new Place("", "group:" + id);
  }

  public Consumer opened(Consumer consumer) {
    return isSealed(consumer.plugins()) ? with(consumer, this::open) : consumer;
  }

  /** Most settings contain no secret and are shared without a copy. */
  private static boolean holdsSealed(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.containsKey(MARK) || map.values().stream().anyMatch(SecretFields::holdsSealed);
    }
    return value instanceof List<?> list && list.stream().anyMatch(SecretFields::holdsSealed);
  }

  /** Returns the Consumer without sealed values, for secrets that cannot be decrypted. */
  public static Consumer withoutSealed(Consumer consumer) {
    return with(
        consumer,
        (place, path, value) ->
            value instanceof Map<?, ?> map && map.containsKey(MARK) ? UNREADABLE : value);
  }

  public StoredCredential opened(StoredCredential stored) {
    Consumer owner = opened(stored.consumer());
    CredentialPlace place = new CredentialPlace(owner.username(), stored.credential());
    return new StoredCredential(stored.credential(), owner, opened(place, stored.settings()));
  }

  public CredentialEntry opened(String username, CredentialEntry entry) {
    CredentialPlace place = new CredentialPlace(username, entry.credential());
    return new CredentialEntry(entry.credential(), entry.lookup(), opened(place, entry.settings()));
  }

  ConsumerEntry opened(ConsumerEntry entry) {
    String username = entry.consumer().username();
    return new ConsumerEntry(
        opened(entry.consumer()),
        entry.credentials().stream().map(one -> opened(username, one)).toList());
  }

  /**
   * Returns exported entries, encrypted for this store.
   *
   * @throws ConfigException if a secret cannot be opened
   */
  public List<ConsumerEntry> reopened(List<ConsumerEntry> entries) {
    List<ConsumerEntry> open = new ArrayList<>();
    for (ConsumerEntry entry : entries) {
      try {
        open.add(opened(entry));
      } catch (IllegalStateException | IllegalArgumentException e) {
        throw new ConfigException(
            "consumers[" + entry.consumer().username() + "]",
            "holds a secret that was encrypted under another master key or for another place");
      }
    }
    return open;
  }

  private record CredentialPlace(String username, Credential credential) {}

  private PluginSettings opened(CredentialPlace at, PluginSettings settings) {
    if (!holdsSealed(settings.values())) {
      return settings;
    }
    String plugin = at.credential.plugin();
    String place = place(at.username, at.credential.id(), plugin);
    Step step = (path, value) -> open(place, path, value);
    return PluginSettings.of(tree("plugins." + plugin, settings.values(), step));
  }

  /** A function of a value at a path of a record. */
  @FunctionalInterface
  private interface Work {
    Object at(String place, String path, Object value);
  }

  private static Consumer with(Consumer consumer, Work work) {
    if (consumer.plugins().isEmpty()) {
      return consumer;
    }
    PluginSet plugins = with(new Place(consumer.username(), ""), consumer.plugins(), work);
    Consumer.Builder copy =
        Consumer.named(consumer.username()).labels(consumer.labels()).plugins(plugins);
    consumer.description().ifPresent(copy::description);
    consumer.group().ifPresent(copy::group);
    return copy.build();
  }

  /** The owner of plugins. */
  private record Place(String username, String record) {}

  private static PluginSet with(Place of, PluginSet plugins, Work work) {
    Map<String, PluginSettings> changed = new LinkedHashMap<>();
    plugins
        .asMap()
        .forEach(
            (name, settings) -> {
              String place = place(of.username, of.record, name);
              Step step = (path, value) -> work.at(place, path, value);
              changed.put(
                  name, PluginSettings.of(tree("plugins." + name, settings.values(), step)));
            });
    return PluginSet.of(changed);
  }

  private Step closing(String place) {
    return (path, value) -> close(place, path, value);
  }

  private Object close(String place, String path, Object value) {
    if (value instanceof Map<?, ?> map && map.containsKey(MARK)) {
      throw new ConfigException(path, "must not hold " + MARK);
    }
    if (!(value instanceof Secret secret)) {
      return value;
    }
    SecretCipher with =
        seal.orElseThrow(
            () ->
                new ConfigException(
                    path, "is a secret, which is stored encrypted only: set gatehouse.master-key"));
    return Map.of(MARK, with.close(secret, place + path));
  }

  private Object open(String place, String path, Object value) {
    if (!(value instanceof Map<?, ?> map) || !(map.get(MARK) instanceof String sealed)) {
      return value;
    }
    return seal.orElseThrow(
            () -> new IllegalStateException("a secret is sealed, and no key is set"))
        .open(sealed, place + path);
  }

  private static Map<String, Object> tree(String path, Map<?, ?> tree, Step step) {
    Map<String, Object> changed = new LinkedHashMap<>();
    tree.forEach(
        (name, value) -> changed.put((String) name, value(path + "." + name, value, step)));
    return changed;
  }

  private static Object value(String path, Object value, Step step) {
    Object done = step.at(path, value);
    if (done instanceof Secret || !done.equals(value)) {
      return done;
    }
    if (value instanceof Map<?, ?> map) {
      return tree(path, map, step);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        items.add(value(path + "[" + i + "]", list.get(i), step));
      }
      return items;
    }
    return value;
  }

  /** Lengths make places of any names distinct. */
  private static String place(String username, String credential, String plugin) {
    return username.length()
        + ":"
        + username
        + credential.length()
        + ":"
        + credential
        + plugin
        + "/";
  }
}
