package dev.gatehouse.auth;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A password that cannot be read back, in the text form {@code {id}parameters-salt-hash}.
 *
 * <p>Immutable and safe for use by several threads.
 */
interface PasswordHash {
  /** Whether the bytes are the password; costs what the parameters say, whatever the bytes are. */
  boolean matches(byte[] password);

  /** Whether a right password is to be hashed anew, because what we make is better. */
  boolean outdated();

  /** Whether a text begins like a hash; other texts are passwords. */
  static boolean isHash(String text) {
    return formats().keySet().stream().anyMatch(text::startsWith);
  }

  /**
   * Reads a hash.
   *
   * @throws IllegalArgumentException if the text is none, or would cost more than is bearable; the
   *     message does not quote it
   */
  static PasswordHash parse(String text) {
    return formats().entrySet().stream()
        .filter(format -> text.startsWith(format.getKey()))
        .findFirst()
        .map(format -> format.getValue().apply(text.substring(format.getKey().length())))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must begin with one of " + String.join(", ", formats().keySet())));
  }

  private static Map<String, Function<String, PasswordHash>> formats() {
    Map<String, Function<String, PasswordHash>> formats =
        new TreeMap<>(
            Map.of(
                Argon2Hash.ID, Argon2Hash::parse,
                BcryptHash.ID, BcryptHash::parse,
                CryptHash.ID, CryptHash::parse,
                Pbkdf2Hash.ID, Pbkdf2Hash::parse));
    ShaHash.KINDS.forEach(kind -> formats.put(kind.id(), kind::parse));
    return formats;
  }
}
