package dev.gatehouse.auth;

import dev.gatehouse.Secret;
import dev.gatehouse.spi.LookupKey;
import dev.gatehouse.spi.StoreException;
import dev.gatehouse.spi.StoredCredential;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords against stored hashes: never more at once than the slots allow, and for nobody
 * with the same work as for somebody.
 *
 * <p>Safe for use by several threads.
 */
final class Passwords {
  /** The setting of a stored Credential that holds the hash. */
  static final String STORED = "password";

  private final HashSlots slots;
  private final VerifiedPasswords verified;
  private final Function<String, PasswordHash> parser;
  private volatile PasswordHash usual;

  /**
   * Creates it.
   *
   * @param parser reads a stored hash
   * @param nobody is asked for unknown users until a known one was asked for
   */
  Passwords(
      HashSlots slots,
      VerifiedPasswords verified,
      Function<String, PasswordHash> parser,
      PasswordHash nobody) {
    this.slots = slots;
    this.verified = verified;
    this.parser = parser;
    this.usual = nobody;
  }

  /** What became of a password. */
  enum Answer {
    /** It is the Credential's. */
    RIGHT,
    /** It is not, or there is no such Credential. */
    WRONG,
    /** There is too much to do; nothing was found out. */
    BUSY
  }

  /**
   * Checks a password.
   *
   * @param found the Credential of the user, or null when the user is unknown
   * @param ticker never goes back
   * @throws StoreException if what is stored is not a hash that can be checked
   */
  Answer check(@Nullable StoredCredential found, Secret password, InstantSource ticker) {
    if (found == null) {
      return nobody(password);
    }
    String text = stored(found);
    LookupKey proof = verified.proof(found.credential().id(), text, password);
    if (verified.holds(proof, ticker.millis())) {
      return Answer.RIGHT;
    }
    PasswordHash hash = parsed(found, text);
    usual = hash;
    Optional<Boolean> right = slots.run(() -> matches(hash, proof, password, ticker));
    return right.map(yes -> yes ? Answer.RIGHT : Answer.WRONG).orElse(Answer.BUSY);
  }

  /** While this thread waited, another may have found the same out. */
  private boolean matches(
      PasswordHash hash, LookupKey proof, Secret password, InstantSource ticker) {
    if (verified.holds(proof, ticker.millis())) {
      return true;
    }
    boolean right = hash.matches(password.utf8());
    if (right) {
      verified.add(proof, ticker.millis());
    }
    return right;
  }

  /** The last known user's hash is worked on, so that it costs the same; its answer is not used. */
  private Answer nobody(Secret password) {
    PasswordHash hash = usual;
    return slots.run(() -> hash.matches(password.utf8())).isPresent() ? Answer.WRONG : Answer.BUSY;
  }

  private PasswordHash parsed(StoredCredential found, String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new StoreException("the stored password cannot be checked: " + found.credential(), e);
    }
  }

  private static String stored(StoredCredential found) {
    Object text = found.settings().value(STORED);
    return text instanceof Secret secret ? secret.reveal() : String.valueOf(text);
  }
}
