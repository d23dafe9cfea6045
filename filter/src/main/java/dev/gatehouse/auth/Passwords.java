package dev.gatehouse.auth;

import dev.gatehouse.Secret;
import dev.gatehouse.spi.LookupKey;
import dev.gatehouse.spi.StoreException;
import dev.gatehouse.spi.StoredCredential;
import java.security.SecureRandom;
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
  private final Hashing hashing;
  private volatile PasswordHash usual;

  /**
   * How hashes are read and made.
   *
   * @param parser reads a stored hash
   * @param maker makes the text of a new one
   * @param nobody is asked for unknown users until a known one was asked for
   */
  record Hashing(
      Function<String, PasswordHash> parser, Function<byte[], String> maker, PasswordHash nobody) {
    /** The formats that are known, and Argon2id for what is made. */
    static Hashing usual(SecureRandom random) {
      return new Hashing(
          PasswordHash::parse,
          password -> Argon2Hash.of(password, random),
          Argon2Hash.ofNobody(random));
    }
  }

  /** Creates it. */
  Passwords(HashSlots slots, VerifiedPasswords verified, Hashing hashing) {
    this.slots = slots;
    this.verified = verified;
    this.hashing = hashing;
    this.usual = hashing.nobody();
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
   * The answer, and what follows from it.
   *
   * @param renewed what is to be stored instead of an outdated hash
   */
  record Checked(Answer answer, Optional<String> renewed) {
    static final Checked RIGHT = new Checked(Answer.RIGHT, Optional.empty());
    static final Checked WRONG = new Checked(Answer.WRONG, Optional.empty());
    static final Checked BUSY = new Checked(Answer.BUSY, Optional.empty());
  }

  /**
   * Checks a password.
   *
   * @param found the Credential of the user, or null when the user is unknown
   * @param ticker never goes back
   * @throws StoreException if what is stored is not a hash that can be checked
   */
  Checked check(@Nullable StoredCredential found, Secret password, InstantSource ticker) {
    if (found == null) {
      return nobody(password);
    }
    String text = stored(found);
    LookupKey proof = verified.proof(found.credential().id(), text, password);
    if (verified.holds(proof, ticker.millis())) {
      return Checked.RIGHT;
    }
    PasswordHash hash = parsed(found, text);
    usual = hash;
    return slots.run(() -> checked(hash, proof, password, ticker)).orElse(Checked.BUSY);
  }

  /** While this thread waited, another may have found the same out. */
  private Checked checked(
      PasswordHash hash, LookupKey proof, Secret password, InstantSource ticker) {
    if (verified.holds(proof, ticker.millis())) {
      return Checked.RIGHT;
    }
    if (!hash.matches(password.utf8())) {
      return Checked.WRONG;
    }
    verified.add(proof, ticker.millis());
    return hash.outdated()
        ? new Checked(Answer.RIGHT, Optional.of(hashing.maker().apply(password.utf8())))
        : Checked.RIGHT;
  }

  /** The last known user's hash is worked on, so that it costs the same; its answer is not used. */
  private Checked nobody(Secret password) {
    PasswordHash hash = usual;
    return slots.run(() -> hash.matches(password.utf8())).isPresent()
        ? Checked.WRONG
        : Checked.BUSY;
  }

  private PasswordHash parsed(StoredCredential found, String text) {
    try {
      return hashing.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new StoreException("the stored password cannot be checked: " + found.credential(), e);
    }
  }

  private static String stored(StoredCredential found) {
    Object text = found.settings().value(STORED);
    return text instanceof Secret secret ? secret.reveal() : String.valueOf(text);
  }
}
