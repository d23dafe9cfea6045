package dev.gatehouse.internal.auth.password;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password under Argon2id, version 1.3 (RFC 9106), in the PHC string form.
 *
 * <p>Immutable and safe for use by several threads.
 */
final class Argon2Hash implements PasswordHash {
  static final String ID = "{argon2id}";

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,6}),t=([1-9]\\d{0,2}),p=([1-9]\\d?)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
  private static final Cost DEFAULT = new Cost(19_456, 2, 1);
  private static final int SALT = 16;
  private static final int HASH = 32;
  private static final int MIN_MEMORY = 8;

  static {
    BouncyCastleStart.onItsOwnThread();
  }

  private final Cost cost;
  private final byte[] salt;
  private final byte[] hash;

  private Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * The cost of one hash.
   *
   * @param memory KiB, 8 per lane to 65536
   * @param passes 1 to 10
   * @param lanes 1 to 8
   */
  private record Cost(int memory, int passes, int lanes) {
    private Cost {
      if (lanes > 8 || passes > 10 || memory > 65_536 || memory < 8 * lanes) {
        throw new IllegalArgumentException(
            "must have m of 8 per lane to 65536, t of 1 to 10 and p of 1 to 8");
      }
    }

    private byte[] hash(byte[] password, byte[] salt, int length) {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memory)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[length];
      generator.generateBytes(password, hash);
      return hash;
    }
  }

  /** Parses the text after the id. */
  static PasswordHash parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must be " + ID + "$argon2id$v=19$m=...,t=...,p=...$salt$hash in base64 without padding");
    }
    Cost cost = new Cost(number(parts, 1), number(parts, 2), number(parts, 3));
    Base64.Decoder decoder = Base64.getDecoder();
    return new Argon2Hash(cost, decoder.decode(parts.group(4)), decoder.decode(parts.group(5)));
  }

  /** Returns the hash of a password with a fresh salt, as text. */
  static String of(byte[] password, SecureRandom random) {
    byte[] salt = fresh(random, SALT);
    return new Argon2Hash(DEFAULT, salt, DEFAULT.hash(password, salt, HASH)).text();
  }

  /** Returns a hash of the default cost that matches no known password. */
  static PasswordHash ofNobody(SecureRandom random) {
    return new Argon2Hash(DEFAULT, fresh(random, SALT), fresh(random, HASH));
  }

  @Override
  public boolean matches(byte[] password) {
    spendRest(
        password, (double) cost.memory() * cost.passes() / DEFAULT.memory() / DEFAULT.passes());
    return MessageDigest.isEqual(hash, cost.hash(password, salt, hash.length));
  }

  /** Returns whether the hash uses less memory or fewer passes than the default. */
  @Override
  public boolean outdated() {
    return cost.memory() < DEFAULT.memory() || cost.passes() < DEFAULT.passes();
  }

  /** Takes as long as one check at the default cost. The result is not used. */
  static void spend(byte[] password) {
    byte[] ignored = DEFAULT.hash(password, new byte[SALT], HASH);
    if (ignored.length != HASH) {
      throw new IllegalStateException("a hash of another length");
    }
  }

  /**
   * Adds the time that a cheaper hash saves, compared to the default cost.
   *
   * @param spent the cost of the cheaper hash, as a fraction of the default cost
   */
  static void spendRest(byte[] password, double spent) {
    int memory = (int) (DEFAULT.memory() * (1 - spent));
    if (memory >= MIN_MEMORY) {
      byte[] unused = new Cost(memory, DEFAULT.passes(), 1).hash(password, new byte[SALT], HASH);
    }
  }

  private String text() {
    return ID
        + "$argon2id$v=19$m="
        + cost.memory()
        + ",t="
        + cost.passes()
        + ",p="
        + cost.lanes()
        + '$'
        + ENCODER.encodeToString(salt)
        + '$'
        + ENCODER.encodeToString(hash);
  }

  private static byte[] fresh(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }
}
