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

  private static final List<String> SETTINGS = List.of(STORED, PREVIOUS);

  private final HashThrottle slots;
  private final VerifiedPasswords verified;
  private final Hashing hashing;

  /**
   * The formats of hashes.
   *
   * @param parser parses a stored hash
   * @param maker returns the text of a new hash
   * @param decoy a hash of the default cost that matches no password
   */
  public record Hashing(
      Function<String, PasswordHash> parser, Function<byte[], String> maker, PasswordHash decoy) {
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
    LookupKey digest = verified.digest(password);
    if (isKnown(found, digest, ticker)) {
      return Checked.RIGHT;
    }
    List<Stored> hashes = hashes(found);
    return slots
        .run(
            () ->
                isKnown(found, digest, ticker)
                    ? Checked.RIGHT
                    : checked(new Login(found, password, digest, ticker), hashes))
        .orElse(Checked.BUSY);
  }

  private record Login(
      StoredCredential found, Secret password, LookupKey digest, InstantSource ticker) {}

  private record Stored(String setting, String text, PasswordHash hash) {}

  private Checked checked(Login asked, List<Stored> hashes) {
    int right = matching(hashes.stream().map(Stored::hash).toList(), asked.password);
    if (right < 0) {
      return Checked.WRONG;
    }
    Stored match = hashes.get(right);
    add(asked, match.text);
    if (!match.hash.outdated()) {
      return Checked.RIGHT;
    }
    String text = hashing.maker().apply(asked.password.utf8());
    add(asked, text);
    Map<String, Object> renewed = new LinkedHashMap<>(asked.found.settings().values());
    renewed.put(match.setting, text);
    return new Checked(Answer.RIGHT, Optional.of(PluginSettings.of(renewed)));
  }

  private void add(Login asked, String stored) {
    String id = asked.found.credential().id();
    verified.add(new VerifiedPasswords.Proof(id, stored, asked.digest), asked.ticker.millis());
  }

  /** Returns the hash of a setting, or null if there is none. */
  private static @Nullable String text(PluginSettings settings, String setting) {
    Object value = settings.value(setting);
    if (value == null && setting.equals(PREVIOUS)) {
      return null;
    }
    return value instanceof Secret secret ? secret.reveal() : String.valueOf(value);
  }

  /** Returns the hashes in the order in which they are checked. */
  private List<Stored> hashes(StoredCredential found) {
    List<Stored> hashes = new ArrayList<>(SETTINGS.size());
    for (String setting : SETTINGS) {
      String text = text(found.settings(), setting);
      if (text != null) {
        hashes.add(new Stored(setting, text, parsed(found, text)));
      }
    }
    return hashes;
  }

  /** Another thread may have checked the same password in the meantime. */
  private boolean isKnown(StoredCredential found, LookupKey digest, InstantSource ticker) {
    for (String setting : SETTINGS) {
      String text = text(found.settings(), setting);
      if (text != null
          && verified.holds(
              new VerifiedPasswords.Proof(found.credential().id(), text, digest),
              ticker.millis())) {
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
    for (int i = hashes.size(); right < 0 && i < SETTINGS.size(); i++) {
      boolean unused = hashing.decoy().matches(password.utf8());
    }
    return right;
  }

  private PasswordHash parsed(StoredCredential found, String text) {
    try {
      return hashing.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new StoreException("the stored password cannot be checked: " + found.credential(), e);
    }
  }
}
