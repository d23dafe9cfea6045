package dev.gatehouse.internal.auth.password;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A password hash with the text form {@code {id}parameters-salt-hash}.
 *
 * <p>Immutable and safe for use by several threads.
 */
public interface PasswordHash {
  /** The prefixes of crypt(3) hashes and PHC strings, and our id of each. */
  Map<String, String> MODULAR =
      Map.of(
          "$2a$", BcryptHash.ID,
          "$2b$", BcryptHash.ID,
          "$2y$", BcryptHash.ID,
          "$1$", CryptHash.ID,
          "$apr1$", CryptHash.ID,
          "$5$", CryptHash.ID,
          "$6$", CryptHash.ID,
          "$argon2id$", Argon2Hash.ID,
          "$pbkdf2-sha256$", Pbkdf2Hash.ID);

  /**
   * Ids of LDAP servers, Spring Security and Dovecot that precede a hash with a prefix of its own.
   */
  Set<String> WRAPPERS =
      Set.of(
          "{crypt}",
          "{bcrypt}",
          "{argon2}",
          "{argon2id}",
          "{argon2@springsecurity_v5_8}",
          "{blf-crypt}",
          "{md5-crypt}",
          "{sha256-crypt}",
          "{sha512-crypt}",
          "{pbkdf2}");

  /** Returns whether the bytes are the password. The time depends on the parameters only. */
  boolean matches(byte[] password);

  /**
   * Returns whether a new hash would be stronger, so that a right password is to be hashed again.
   */
  boolean outdated();

  /** Returns whether the text has the prefix of a hash that can be checked. */
  static boolean isHash(String text) {
    return reader(normalized(text)).isPresent();
  }

  /**
   * Returns the stored form of a hash. Other systems write some forms without an id or with an id
   * of their own.
   */
  static String normalized(String text) {
    String rest = text;
    if (text.startsWith("{")) {
      String id = text.substring(0, text.indexOf('}') + 1);
      rest = text.substring(id.length());
      if (!WRAPPERS.contains(id.toLowerCase(Locale.ROOT))) {
        return formats().keySet().stream().filter(id::equalsIgnoreCase).findFirst().orElse(id)
            + rest;
      }
    }
    String plain = rest;
    return MODULAR.entrySet().stream()
        .filter(one -> plain.startsWith(one.getKey()))
        .findFirst()
        .map(one -> one.getValue() + plain)
        .orElse(text);
  }

  /**
   * Parses a hash.
   *
   * @throws IllegalArgumentException if the text is not a hash, or its cost exceeds the limits; the
   *     message does not contain the text
   */
  static PasswordHash parse(String text) {
    String normalized = normalized(text);
    return reader(normalized)
        .map(format -> format.getValue().apply(normalized.substring(format.getKey().length())))
        .orElseThrow(() -> new IllegalArgumentException("must begin with one of " + known()));
  }

  /** Returns the ids of the forms that can be checked. */
  static String known() {
    return String.join(", ", formats().keySet());
  }

  private static Optional<Map.Entry<String, Function<String, PasswordHash>>> reader(String text) {
    return formats().entrySet().stream()
        .filter(format -> text.startsWith(format.getKey()))
        .findFirst();
  }

  private static Map<String, Function<String, PasswordHash>> formats() {
    Map<String, Function<String, PasswordHash>> formats =
        new TreeMap<>(
            Map.of(
                Argon2Hash.ID, Argon2Hash::parse,
                BcryptHash.ID, BcryptHash::parse,
                CryptHash.ID, CryptHash::parse,
                KongHash.ID, KongHash::parse,
                Pbkdf2Hash.ID, Pbkdf2Hash::parse));
    ShaHash.KINDS.forEach(kind -> formats.put(kind.id(), kind::parse));
    return formats;
  }
}
