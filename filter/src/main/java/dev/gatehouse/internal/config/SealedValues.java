package dev.gatehouse.internal.config;

import dev.gatehouse.Consumer;
import dev.gatehouse.Secret;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The sealed secrets of an export. Plugins read settings with substitutes, which are replaced by
 * the sealed values afterwards. Single use; not safe for use by several threads.
 */
public final class SealedValues {
  private static final String MARK = "$sealed";

  private final Set<Secret> sealed = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Returns a copy of a tree with secrets in place of sealed values. */
  public Object taken(Object value) {
    if (value instanceof Map<?, ?> map) {
      if (map.size() == 1 && map.get(MARK) instanceof String text) {
        Secret secret = Secret.verbatim(text);
        sealed.add(secret);
        return secret;
      }
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((name, member) -> copy.put((String) name, taken(member)));
      return copy;
    }
    return value instanceof List<?> list ? list.stream().map(this::taken).toList() : value;
  }

  /**
   * Returns a Consumer with sealed values in its plugins.
   *
   * @param open receives the secrets that were not sealed, with their paths
   */
  public Consumer sealed(Consumer consumer, BiConsumer<String, Secret> open) {
    if (consumer.plugins().isEmpty()) {
      return consumer;
    }
    Map<String, PluginSettings> plugins = new LinkedHashMap<>();
    consumer
        .plugins()
        .asMap()
        .forEach(
            (name, settings) ->
                plugins.put(
                    name, PluginSettings.of(members("plugins." + name, settings.values(), open))));
    Consumer.Builder copy =
        Consumer.named(consumer.username())
            .labels(consumer.labels())
            .plugins(PluginSet.of(plugins));
    consumer.description().ifPresent(copy::description);
    consumer.group().ifPresent(copy::group);
    return copy.build();
  }

  private Map<String, Object> members(
      String path, Map<?, ?> members, BiConsumer<String, Secret> open) {
    Map<String, Object> copy = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> copy.put((String) name, sealed(path + "." + name, value, open)));
    return copy;
  }

  private Object sealed(String path, Object value, BiConsumer<String, Secret> open) {
    if (value instanceof Map<?, ?> map) {
      return members(path, map, open);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      for (Object item : list) {
        items.add(sealed(path + "[" + items.size() + "]", item, open));
      }
      return items;
    }
    if (value instanceof Secret secret && !sealed.contains(secret)) {
      open.accept(path, secret);
    }
    return value instanceof Secret secret ? Map.of(MARK, secret.reveal()) : value;
  }
}
