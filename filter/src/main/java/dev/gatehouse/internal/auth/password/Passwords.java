package dev.gatehouse.internal.auth.password;

import dev.gatehouse.Secret;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords against stored hashes: never more at once than the slots allow, and for unknown
 * users with the same work as for known ones.
 *
 * <p>Safe for use by several threads.
 */
public final class Passwords {
  /** The setting of a stored Credential that holds the hash. */
  public static final String STORED = "password";

  /** The setting that holds the hash of the password before, while callers change theirs. */
  public static final String PREVIOUS = "previous_password";

  /** The password and the one before. */
  private static final int MAX_HASHES = 2;

  private final HashThrottle slots;
  private final VerifiedPasswords verified;
  private final Hashing hashing;

  /**
   * How hashes are read and made.
   *
   * @param parser reads a stored hash
   * @param maker makes the text of a new one
   * @param nobody matches no password, and costs as much as a hash that is made here
   */
  public record Hashing(
      Function<String, PasswordHash> parser, Function<byte[], String> maker, PasswordHash nobody) {
    /** The formats that are known, and Argon2id for what is made. */
    public static Hashing usual(SecureRandom random) {
      return new Hashing(
          PasswordHash::parse,
          password -> Argon2Hash.of(password, random),
          Argon2Hash.ofNobody(random));
    }
  }

  /** Creates it. */
  public Passwords(HashThrottle slots, VerifiedPasswords verified, Hashing hashing) {
    this.slots = slots;
    this.verified = verified;
    this.hashing = hashing;
  }

  /** Returns the stored form of a new password; logins go first. */
  public String hashed(byte[] password) {
    return slots.runBehind(() -> hashing.maker().apply(password));
  }

  /** What became of a password. */
  public enum Answer {
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
   * @param renewed what is to be stored instead of settings with an outdated hash
   */
  public record Checked(Answer answer, Optional<PluginSettings> renewed) {
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
  public Checked check(@Nullable StoredCredential found, Secret password, InstantSource ticker) {
    if (found == null) {
      return slots.run(() -> matching(List.of(), password)).isPresent()
          ? Checked.WRONG
          : Checked.BUSY;
    }
    List<Proof> proofs = proofs(found, password);
    if (isKnown(proofs, ticker)) {
      return Checked.RIGHT;
    }
    List<PasswordHash> hashes = proofs.stream().map(proof -> parsed(found, proof.text())).toList();
    return slots
        .run(
            () -> {
              if (isKnown(proofs, ticker)) {
                return Checked.RIGHT;
              }
              int right = matching(hashes, password);
              if (right < 0) {
                return Checked.WRONG;
              }
              verified.add(proofs.get(right).key(), ticker.millis());
              return hashes.get(right).outdated()
                  ? new Checked(
                      Answer.RIGHT, Optional.of(renewed(found, proofs.get(right), password)))
                  : Checked.RIGHT;
            })
        .orElse(Checked.BUSY);
  }

  /**
   * A password as the proof of one stored hash.
   *
   * @param setting which setting holds the hash
   * @param text the hash
   * @param key under which it is remembered that it was right
   */
  private record Proof(String setting, String text, LookupKey key) {}

  private List<Proof> proofs(StoredCredential found, Secret password) {
    List<Proof> proofs = new ArrayList<>(2);
    for (String setting : List.of(STORED, PREVIOUS)) {
      Object value = found.settings().value(setting);
      if (value != null || setting.equals(STORED)) {
        String text = value instanceof Secret secret ? secret.reveal() : String.valueOf(value);
        LookupKey key = verified.proof(found.credential().id(), text, password);
        proofs.add(new Proof(setting, text, key));
      }
    }
    return proofs;
  }

  /** While a thread waited, another may have found the same out. */
  private boolean isKnown(List<Proof> proofs, InstantSource ticker) {
    for (Proof proof : proofs) {
      if (verified.holds(proof.key(), ticker.millis())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns which hash a password has, or -1. A wrong password costs two hashes, also if there are
   * fewer, so that the time tells neither whether there is a user nor how many hashes it has.
   */
  private int matching(List<PasswordHash> hashes, Secret password) {
    int right = -1;
    for (int i = 0; i < hashes.size(); i++) {
      boolean matches = hashes.get(i).matches(password.utf8());
      right = matches && right < 0 ? i : right;
    }
    for (int i = hashes.size(); right < 0 && i < MAX_HASHES; i++) {
      boolean unused = hashing.nobody().matches(password.utf8());
    }
    return right;
  }

  private PluginSettings renewed(StoredCredential found, Proof right, Secret password) {
    Map<String, Object> kept = new LinkedHashMap<>(found.settings().values());
    kept.put(right.setting(), hashing.maker().apply(password.utf8()));
    return PluginSettings.of(kept);
  }

  private PasswordHash parsed(StoredCredential found, String text) {
    try {
      return hashing.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new StoreException("the stored password cannot be checked: " + found.credential(), e);
    }
  }
}
