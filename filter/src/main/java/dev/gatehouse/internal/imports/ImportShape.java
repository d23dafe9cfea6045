package dev.gatehouse.internal.imports;

import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.settings.ConfigProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts Consumers of ADC files (a Credential has {@code type} and {@code config}) and of Kong's
 * declarative files (each kind of Credential has its own list) into the form of {@code
 * gatehouse.yaml}. Single use; not safe for use by several threads.
 *
 * @param mistakes receives problems
 * @param losses receives what cannot be imported
 * @param plugins the known plugins
 * @param groups returns whether a group id exists
 */
record ImportShape(
    ConfigProblems mistakes, Losses losses, PluginRegistry plugins, Predicate<String> groups) {
  private static final String ACLS = "acls";
  private static final String LABELS = "labels";
  private static final String CREDENTIALS = "credentials";
  private static final String PLUGINS = "plugins";
  private static final String GROUP_ID = "group_id";

  /** acl would split a label with these characters into other groups. */
  private static final Pattern GROUP = Pattern.compile("[!-~&&[^,\\[\\]]]+");

  /** Members of records that have no meaning here and restrict nothing. */
  private static final Set<String> MEANINGLESS =
      Set.of("id", "created_at", "updated_at", "create_time", "update_time", "tags", "type");

  /** Returns whether a member of a file is one of Kong's collections of Consumer records. */
  static boolean isCollection(String member) {
    return KongCredentials.isList(member)
        || member.equals(ACLS)
        || member.equals("consumer_group_consumers")
        || member.endsWith("_credentials");
  }

  /** Returns whether a member of a record may be ignored. */
  static boolean isMeaningless(String member) {
    return MEANINGLESS.contains(member) || member.startsWith("_");
  }

  /**
   * Returns a Consumer in our form. Members in our form are not changed.
   *
   * @param itsGroups the names of its groups
   */
  Map<String, Object> ofConsumer(String path, Map<String, Object> consumer, Set<String> itsGroups) {
    Map<String, Object> ours = new LinkedHashMap<>(consumer);
    ours.remove(FlatRecords.GROUPS);
    moved(ours, "description", "desc");
    List<Object> credentials = new ArrayList<>();
    Object given = ours.remove(CREDENTIALS);
    ImportedPlugins imported = new ImportedPlugins(plugins, losses);
    for (Object one : given instanceof List<?> list ? list : List.of()) {
      Object shaped = one instanceof Map<?, ?> map ? ofAdc(path, map) : one;
      if (imported.isKnown(path, shaped)) {
        credentials.add(shaped);
      }
    }
    credentials.addAll(new KongCredentials(mistakes, losses).take(path, ours));
    if (!credentials.isEmpty() || given instanceof List<?>) {
      ours.put(CREDENTIALS, credentials);
    } else if (given != null) {
      ours.put(CREDENTIALS, given);
    }
    imported.take(path, ours);
    labels(path, ours);
    group(path, ours, itsGroups);
    foreign(path, ours);
    return ours;
  }

  private static void moved(Map<String, Object> members, String from, String to) {
    Object value = members.remove(from);
    if (value != null) {
      members.putIfAbsent(to, value);
    }
  }

  private Map<String, Object> ofAdc(String path, Map<?, ?> credential) {
    Map<String, Object> ours = new LinkedHashMap<>();
    credential.forEach((name, value) -> ours.put((String) name, value));
    moved(ours, "description", "desc");
    listedLabels(path + ".credentials", ours);
    if (ours.get("type") instanceof String type && !ours.containsKey(PLUGINS)) {
      ours.remove("type");
      Object config = ours.remove("config");
      ours.put(PLUGINS, Map.of(type, config == null ? Map.of() : config));
    }
    return ours;
  }

  /** Kong's groups become the label that acl reads, in order. */
  private void labels(String path, Map<String, Object> ours) {
    listedLabels(path, ours);
    Object customId = ours.remove("custom_id");
    if (customId != null) {
      label(path, ours, "custom_id", customId);
    }
    List<String> names = new ArrayList<>();
    Object acls = ours.remove(ACLS);
    for (Object one : acls instanceof List<?> list ? list : List.of()) {
      Object group = one instanceof Map<?, ?> acl ? acl.get("group") : null;
      if (group instanceof String name && GROUP.matcher(name).matches()) {
        names.add(name);
      } else {
        refuseGroup(path);
      }
    }
    if (acls != null && !(acls instanceof List<?>)) {
      refuseGroup(path);
    }
    if (!names.isEmpty()) {
      label(path, ours, FlatRecords.GROUPS, String.join(",", names));
    }
  }

  private void refuseGroup(String path) {
    mistakes.add(
        path + "." + ACLS,
        "must be a list of objects with a group, which holds no comma, bracket or blank");
  }

  private void label(String path, Map<String, Object> ours, String name, Object value) {
    Map<String, Object> labels = new LinkedHashMap<>();
    if (ours.get(LABELS) instanceof Map<?, ?> given) {
      given.forEach((one, text) -> labels.put((String) one, text));
    }
    if (labels.containsKey(name)) {
      mistakes.add(path + "." + LABELS + "." + name, "is given twice, once by another name");
    }
    labels.put(name, value);
    ours.put(LABELS, labels);
  }

  /** ADC allows a list of values for a label, which is one text here. */
  private void listedLabels(String path, Map<String, Object> record) {
    if (!(record.get(LABELS) instanceof Map<?, ?> given)) {
      return;
    }
    Map<String, Object> labels = new LinkedHashMap<>();
    given.forEach((name, value) -> labels.put((String) name, one(path, (String) name, value)));
    record.put(LABELS, labels);
  }

  private Object one(String path, String name, Object value) {
    if (!(value instanceof List<?> list)) {
      return value;
    }
    List<String> texts = new ArrayList<>();
    for (Object item : list) {
      if (item instanceof String text && GROUP.matcher(text).matches()) {
        texts.add(text);
      } else {
        mistakes.add(
            path + "." + LABELS + "." + name,
            "must be a text, or a list of texts without comma, bracket or blank");
      }
    }
    return String.join(",", texts);
  }

  /** A Consumer has at most one group here, which must exist. */
  private void group(String path, Map<String, Object> ours, Set<String> itsGroups) {
    @Nullable Object own = ours.get(GROUP_ID);
    Set<String> others = new LinkedHashSet<>(itsGroups);
    others.removeIf(name -> name.equals(own));
    if (own == null && others.size() == 1 && groups.test(others.iterator().next())) {
      ours.put(GROUP_ID, others.iterator().next());
    } else {
      others.forEach(name -> losses.add(path, FlatRecords.GROUPS + "." + name));
    }
  }

  /** Kong's lists without a plugin here, and members without a meaning. */
  private void foreign(String path, Map<String, Object> ours) {
    for (String member : List.copyOf(ours.keySet())) {
      if (isMeaningless(member)) {
        losses.ignore("consumers[]." + member);
        ours.remove(member);
      } else if (isCollection(member)) {
        losses.add(path, member);
        ours.remove(member);
      }
    }
  }
}
