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
 * Checks passwords against stored hashes with bounded concurrency. An unknown user costs as much as
 * a known one.
 *
 * <p>Safe for use by several threads.
 */
public final class Passwords {
  /** The setting of a stored Credential that holds the hash. */
  public static final String STORED = "password";

  /** The setting with the hash of the previous password, during a rotation. */
  public static final String PREVIOUS = "previous_password";

  /** The settings that hold a hash. */
  private static final int MAX_HASHES = 2;

  private final HashThrottle slots;
  private final VerifiedPasswords verified;
  private final Hashing hashing;

  /**
   * The formats of hashes.
   *
   * @param parser parses a stored hash
   * @param maker returns the text of a new hash
   * @param nobody a hash of the default cost that matches no password
   */
  public record Hashing(
      Function<String, PasswordHash> parser, Function<byte[], String> maker, PasswordHash nobody) {
    /** Returns the supported formats, with Argon2id for new hashes. */
    public static Hashing usual(SecureRandom random) {
      return new Hashing(
          PasswordHash::parse,
          password -> Argon2Hash.of(password, random),
          Argon2Hash.ofNobody(random));
    }
  }

  /** Creates a checker. */
  public Passwords(HashThrottle slots, VerifiedPasswords verified, Hashing hashing) {
    this.slots = slots;
    this.verified = verified;
    this.hashing = hashing;
  }

  /** Returns the stored form of a new password. Waiting logins run first. */
  public String hashed(byte[] password) {
    return slots.runBehind(() -> hashing.maker().apply(password));
  }

  /** The result of a check. */
  public enum Answer {
    /** The password is right. */
    RIGHT,
    /** The password is wrong, or there is no such Credential. */
    WRONG,
    /** Too many checks are waiting; the password was not checked. */
    BUSY
  }

  /**
   * A result and the hash to store.
   *
   * @param renewed the settings to store in place of those with an outdated hash
   */
  public record Checked(Answer answer, Optional<PluginSettings> renewed) {
    static final Checked RIGHT = new Checked(Answer.RIGHT, Optional.empty());
    static final Checked WRONG = new Checked(Answer.WRONG, Optional.empty());
    static final Checked BUSY = new Checked(Answer.BUSY, Optional.empty());
  }

  /**
   * Checks a password.
   *
   * @param found the Credential of the user, or null if the user is unknown
   * @param ticker a monotonic clock
   * @throws StoreException if the stored text is not a hash that can be checked
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
   * A password that matches one stored hash.
   *
   * @param setting the setting that holds the hash
   * @param text the hash
   * @param key the key of this match in the cache
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

  /** Another thread may have checked the same password in the meantime. */
  private boolean isKnown(List<Proof> proofs, InstantSource ticker) {
    for (Proof proof : proofs) {
      if (verified.holds(proof.key(), ticker.millis())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the index of the matching hash, or -1. A wrong password always costs two hashes, so
   * that the time reveals neither whether the user exists nor how many hashes it has.
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
