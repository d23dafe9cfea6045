package dev.gatehouse.internal.admin;

import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.Credential;
import dev.gatehouse.Secret;
import dev.gatehouse.spi.store.ConsumerRepository.ListedConsumer;
import dev.gatehouse.spi.store.ConsumerRepository.ListedCredential;
import dev.gatehouse.spi.store.ConsumerRepository.ListedGroup;
import dev.gatehouse.spi.store.ConsumerRepository.Stamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Consumers and Credentials as JSON of the Admin API, without secrets. */
final class RecordJson {
  private static final String ROOT = "/apisix/consumers/";
  private static final String SEALED = "$sealed";
  private static final long MICROS = 1_000_000;

  private RecordJson() {}

  static String key(String username) {
    return ROOT + username;
  }

  static String key(String username, String credentialId) {
    return ROOT + username + "/credentials/" + credentialId;
  }

  /** Returns a Consumer with the names of its inline credential plugins. */
  static Map<String, Object> consumer(ListedConsumer listed, List<ListedCredential> credentials) {
    Map<String, Object> value = members(listed.consumer());
    Map<String, Object> plugins = new LinkedHashMap<>();
    listed
        .consumer()
        .plugins()
        .asMap()
        .forEach((name, all) -> plugins.put(name, masked(all.values())));
    credentials.stream()
        .map(one -> one.entry().credential())
        .filter(Credential::inline)
        .forEach(credential -> plugins.put(credential.plugin(), Map.of()));
    if (!plugins.isEmpty()) {
      value.put("plugins", plugins);
    }
    Map<String, Object> record = record(key(listed.consumer().username()), value, listed.stamp());
    if (!listed.readable()) {
      record.put("unreadable", true);
    }
    return record;
  }

  static String groupKey(String id) {
    return "/apisix/consumer_groups/" + id;
  }

  static Map<String, Object> group(ListedGroup listed) {
    Map<String, Object> value = members(listed.group());
    value.computeIfPresent("plugins", (name, plugins) -> masked(plugins));
    return record(groupKey(listed.group().id()), value, listed.stamp());
  }

  /** Returns settings with placeholders for secrets, including sealed ones. */
  static Object masked(Object value) {
    if (value instanceof Secret) {
      return JsonBody.HIDDEN;
    }
    if (value instanceof Map<?, ?> map) {
      if (map.containsKey(SEALED)) {
        return JsonBody.HIDDEN;
      }
      Map<String, Object> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put((String) name, masked(member)));
      return members;
    }
    return value instanceof List<?> list ? list.stream().map(RecordJson::masked).toList() : value;
  }

  /** Returns the changeable members of a group. */
  static Map<String, Object> members(ConsumerGroup group) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("id", group.id());
    group.name().ifPresent(text -> value.put("name", text));
    group.description().ifPresent(text -> value.put("desc", text));
    if (!group.labels().isEmpty()) {
      value.put("labels", group.labels());
    }
    Map<String, Object> plugins = new LinkedHashMap<>();
    group.plugins().asMap().forEach((name, all) -> plugins.put(name, all.values()));
    value.put("plugins", plugins);
    return value;
  }

  /** Returns the changeable members of a Consumer, without its plugins. */
  static Map<String, Object> members(Consumer consumer) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("username", consumer.username());
    consumer.description().ifPresent(text -> value.put("desc", text));
    if (!consumer.labels().isEmpty()) {
      value.put("labels", consumer.labels());
    }
    consumer.group().ifPresent(id -> value.put("group_id", id));
    return value;
  }

  static Map<String, Object> credential(String username, ListedCredential listed) {
    Credential credential = listed.entry().credential();
    Map<String, Object> value = members(credential);
    value.put("plugins", Map.of(credential.plugin(), Map.of()));
    Map<String, Object> record = record(key(username, credential.id()), value, listed.stamp());
    listed.lastUsed().ifPresent(time -> record.put("last_used_at", time.toString()));
    if (!listed.readable()) {
      record.put("unreadable", true);
    }
    return record;
  }

  /** Returns the changeable members of a Credential, without its plugin. */
  static Map<String, Object> members(Credential credential) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("id", credential.id());
    value.put("name", credential.name());
    credential.description().ifPresent(text -> value.put("desc", text));
    if (!credential.labels().isEmpty()) {
      value.put("labels", credential.labels());
    }
    credential.notBefore().ifPresent(time -> value.put("not_before", time.toString()));
    credential.expiresAt().ifPresent(time -> value.put("expires_at", time.toString()));
    if (credential.disabled()) {
      value.put("disabled", true);
    }
    return value;
  }

  private static Map<String, Object> record(String key, Map<String, Object> value, Stamp stamp) {
    value.put("create_time", stamp.created().getEpochSecond());
    value.put("update_time", stamp.updated().getEpochSecond());
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("key", key);
    record.put("value", value);
    record.put("createdIndex", index(stamp.created()));
    record.put("modifiedIndex", index(stamp.updated()));
    return record;
  }

  private static long index(Instant time) {
    return time.getEpochSecond() * MICROS + time.getNano() / 1_000;
  }
}
