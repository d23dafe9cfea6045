package dev.gatehouse.internal.imports;

import dev.gatehouse.settings.ConfigProblems;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves top-level records of an imported file to their Consumers: Kong's flat collections, whose
 * records name a {@code consumer}, members of groups, and plugins of one Consumer. Single use; not
 * safe for use by several threads.
 */
final class FlatRecords {
  /** The member of a Consumer that collects the names of its groups. */
  static final String GROUPS = "groups";

  private static final String CONSUMER = "consumer";
  private static final String PLUGINS = "plugins";
  private static final List<String> NAMES = List.of("username", "id", "custom_id", "name");

  private final ConfigProblems mistakes;
  private final Losses losses;
  private final List<Map<String, Object>> consumers;
  private final Map<String, List<Map<String, Object>>> byName = new LinkedHashMap<>();
  private final IdentityHashMap<@Nullable Object, List<Object>> made = new IdentityHashMap<>();
  private final Map<String, String> groupNames = new LinkedHashMap<>();

  FlatRecords(List<Map<String, Object>> consumers, Losses losses, ConfigProblems mistakes) {
    this.consumers = consumers;
    this.losses = losses;
    this.mistakes = mistakes;
    consumers.forEach(this::index);
  }

  private void index(Map<String, Object> consumer) {
    for (String name : List.of("username", "id", "custom_id")) {
      if (consumer.get(name) instanceof String text) {
        List<Map<String, Object>> named = byName.computeIfAbsent(text, one -> new ArrayList<>());
        boolean added = !named.isEmpty() && named.get(named.size() - 1) == consumer;
        if (!added) {
          named.add(consumer);
        }
      }
    }
  }

  /**
   * Moves the records of a member of the file.
   *
   * @return whether all records of the member were moved
   */
  boolean move(String member, Object value) {
    if (member.equals("consumer_groups")) {
      groups(value);
      return false;
    }
    boolean kongs = ImportShape.isCollection(member);
    if (kongs && !(value instanceof List<?>)) {
      mistakes.add(member, "must be a list of objects");
    }
    int index = 0;
    for (Object one : value instanceof List<?> list ? list : List.of()) {
      String path = member + "[" + index++ + "]";
      if (one instanceof Map<?, ?> entry && (kongs || isRecord(member, entry))) {
        attach(member, path, entry);
      } else if (kongs) {
        mistakes.add(path, "must be an object");
      }
    }
    if (member.equals("credentials")) {
      mistakes.add(member, "must be members of their Consumers");
    }
    if (!kongs) {
      plugins(member, value);
    }
    return kongs;
  }

  private static boolean isRecord(String member, Map<?, ?> entry) {
    return !member.equals(PLUGINS) && entry.get(CONSUMER) != null;
  }

  private void attach(String member, String path, Map<?, ?> entry) {
    Map<String, Object> rest = new LinkedHashMap<>();
    entry.forEach((name, value) -> rest.put((String) name, value));
    Optional<Map<String, Object>> owner = consumer(rest.remove(CONSUMER));
    if (owner.isEmpty()) {
      mistakes.add(path + "." + CONSUMER, "must name one Consumer of the file");
    } else if (member.equals("consumer_group_consumers")) {
      add(owner.get(), GROUPS, rest.getOrDefault("consumer_group", "unnamed"));
    } else if (ImportShape.isCollection(member)) {
      add(owner.get(), member, rest);
    } else {
      losses.add("consumers[" + owner.get().get("username") + "]", member);
    }
  }

  /** A name of two Consumers is ambiguous and matches neither. */
  private Optional<Map<String, Object>> consumer(@Nullable Object reference) {
    return name(reference)
        .map(byName::get)
        .filter(named -> named.size() == 1)
        .map(named -> named.get(0));
  }

  /** Returns the name of a reference: a text, or an object with a name. */
  private static Optional<String> name(@Nullable Object reference) {
    if (reference instanceof Map<?, ?> map) {
      return NAMES.stream()
          .map(map::get)
          .filter(String.class::isInstance)
          .findFirst()
          .map(String.class::cast);
    }
    return reference instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Lists of this class are extended in place, because a file may have very many records. */
  private void add(Map<String, Object> consumer, String member, Object value) {
    Object there = consumer.get(member);
    List<Object> all = made.get(there);
    if (all == null) {
      all = new ArrayList<>();
      made.put(all, all);
      all.addAll(there instanceof List<?> list ? list : there == null ? List.of() : List.of(there));
      consumer.put(member, all);
    }
    all.add(value);
  }

  private void groups(Object value) {
    for (Object one : value instanceof List<?> list ? list : List.of()) {
      if (!(one instanceof Map<?, ?> group)) {
        continue;
      }
      String id = name(Optional.ofNullable(group.get("name")).orElse(group.get("id"))).orElse("");
      name(group.get("id")).ifPresent(key -> groupNames.put(key, id));
      Object members = group.get("consumers");
      for (Object member : members instanceof List<?> list ? list : List.of()) {
        member(id, member);
      }
    }
  }

  /** ADC files have whole Consumers in a group, Kong files only their names. */
  private void member(String group, Object member) {
    Optional<Map<String, Object>> known = consumer(member);
    if (known.isPresent()) {
      add(known.get(), GROUPS, group);
    } else if (member instanceof Map<?, ?> map && map.get("username") != null) {
      Map<String, Object> consumer = new LinkedHashMap<>();
      map.forEach((name, value) -> consumer.put((String) name, value));
      consumers.add(consumer);
      index(consumer);
      add(consumer, GROUPS, group);
    } else {
      mistakes.add("consumer_groups", "must name Consumers of the file");
    }
  }

  /** Reports plugins of one Consumer at any depth below a service or route. */
  private void plugins(String member, Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, one) -> plugins((String) name, one));
    }
    for (Object one : value instanceof List<?> list ? list : List.of()) {
      if (member.equals(PLUGINS)
          && one instanceof Map<?, ?> plugin
          && plugin.get(CONSUMER) != null) {
        String owner = name(plugin.get(CONSUMER)).orElse("");
        String username =
            consumer(owner).map(found -> String.valueOf(found.get("username"))).orElse(owner);
        ImportedPlugins.report("consumers[" + username + "]", plugin, losses);
      } else {
        plugins("", one);
      }
    }
  }

  /** Returns the distinct group names of a Consumer. */
  Set<String> groupsOf(@Nullable Object references) {
    Set<String> names = new LinkedHashSet<>();
    for (Object one : references instanceof List<?> list ? list : List.of()) {
      String name = name(one).orElse("unnamed");
      names.add(groupNames.getOrDefault(name, name));
    }
    return names;
  }
}
