package dev.gatehouse.internal.auth.password;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A password that cannot be read back, in the text form {@code {id}parameters-salt-hash}.
 *
 * <p>Immutable and safe for use by several threads.
 */
public interface PasswordHash {
  /** How the hashes of crypt(3) and PHC strings begin, and our id for them. */
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

  /** The ids of LDAP servers, Spring Security and Dovecot before a hash that names its own kind. */
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

  /** Whether the bytes are the password; costs what the parameters say, whatever the bytes are. */
  boolean matches(byte[] password);

  /** Whether a right password is to be hashed anew, because what we make is better. */
  boolean outdated();

  /** Whether a text begins like a hash that can be checked. */
  static boolean isHash(String text) {
    return reader(normalized(text)).isPresent();
  }

  /**
   * Returns a hash in the form in which it is stored. Other systems write some forms without an id,
   * or with an id of their own.
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
   * Reads a hash.
   *
   * @throws IllegalArgumentException if the text is none, or would cost more than is bearable; the
   *     message does not quote it
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
