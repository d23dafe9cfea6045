package dev.gatehouse.internal.imports;

import dev.gatehouse.settings.ConfigProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts the Credentials of Kong's declarative files, which have a list for each kind, into our
 * form. Single use; not safe for use by several threads.
 *
 * @param mistakes receives problems
 * @param losses receives what cannot be imported
 */
record KongCredentials(ConfigProblems mistakes, Losses losses) {
  /** A list of Kong's, our plugin, and our names of its settings. */
  private record Kind(String list, String plugin, Map<String, String> settings) {
    /** Returns the prefix of our Credential names. */
    private String prefix() {
      return plugin + (list.contains("_enc_") ? "-enc-" : "-");
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("basicauth_credentials", "basic-auth", Map.of()),
          new Kind(
              "hmacauth_credentials",
              "hmac-auth",
              Map.of("username", "key_id", "secret", "secret_key")),
          new Kind("jwt_secrets", "jwt-auth", Map.of("rsa_public_key", "public_key")),
          new Kind("keyauth_credentials", "key-auth", Map.of()),
          new Kind("keyauth_enc_credentials", "key-auth", Map.of()));

  /** Kong's stored form of a password, as in its dumps. */
  private static final Pattern SHA_1 = Pattern.compile("[0-9a-fA-F]{40}");

  /** The path of a Consumer, and its id in Kong or null. */
  private record Owner(String path, @Nullable Object id) {}

  /** Returns whether a member of a file is one of these lists. */
  static boolean isList(String member) {
    return KINDS.stream().anyMatch(kind -> kind.list.equals(member));
  }

  /** Removes the lists from a Consumer and returns their Credentials. */
  List<Object> take(String path, Map<String, Object> consumer) {
    Owner owner = new Owner(path, consumer.get("id"));
    List<Object> credentials = new ArrayList<>();
    for (Kind kind : KINDS) {
      Object value = consumer.remove(kind.list);
      if (value instanceof List<?> records) {
        credentials.addAll(credentials(owner, kind, records));
      } else if (value != null) {
        mistakes.add(path + "." + kind.list, "must be a list of credentials");
      }
    }
    return credentials;
  }

  private List<Object> credentials(Owner owner, Kind kind, List<?> records) {
    List<Object> credentials = new ArrayList<>();
    for (Object record : records) {
      String name = kind.prefix() + (credentials.size() + 1);
      Map<String, Object> settings = new LinkedHashMap<>();
      if (record instanceof Map<?, ?> members) {
        members.forEach(
            (member, value) -> setting(owner, (String) member, value, kind.settings, settings));
      } else {
        mistakes.add(owner.path + "." + name, "must be an object with members");
      }
      credentials.add(
          new LinkedHashMap<>(Map.of("name", name, "plugins", Map.of(kind.plugin, settings))));
    }
    return credentials;
  }

  /** An unknown member is copied, so that the plugin refuses it. */
  private void setting(
      Owner owner,
      String member,
      Object value,
      Map<String, String> names,
      Map<String, Object> settings) {
    if (member.equals("ttl")) {
      losses.add(owner.path, member);
    } else if (ImportShape.isMeaningless(member)) {
      losses.ignore("consumers[].credentials[]." + member);
    } else if (!member.equals("consumer")) {
      settings.put(
          names.getOrDefault(member, member),
          member.equals("password") ? password(owner, value) : value);
    }
  }

  /** Without the Consumer's id a hash is copied, and basic-auth refuses it. */
  private static Object password(Owner owner, Object value) {
    boolean hash = value instanceof String text && SHA_1.matcher(text).matches();
    return hash && owner.id instanceof String id
        ? "{kong}" + id + "$" + ((String) value).toLowerCase(Locale.ROOT)
        : value;
  }
}
