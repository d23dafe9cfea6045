package dev.gatehouse.internal.auth.password;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * A bcrypt hash of another system. Gatehouse verifies it but does not create such hashes.
 *
 * <p>bcrypt reads 72 bytes and stops at a NUL, so longer passwords and passwords with a NUL never
 * match. Immutable and safe for use by several threads.
 */
final class BcryptHash implements PasswordHash {
  static final String ID = "{bcrypt}";

  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{31}");
  private static final int MAX_BYTES = 72;

  static {
    BouncyCastleStart.onItsOwnThread();
  }

  /** The bcrypt cost that takes about as long as the default Argon2 hash. */
  private static final int DEFAULT_COST = 10;

  private final String text;
  private final int cost;

  private BcryptHash(String text, int cost) {
    this.text = text;
    this.cost = cost;
  }

  /** Parses the text after the id. The cost is 4 to 14. */
  static PasswordHash parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("must be " + ID + "$2a$, $2b$ or $2y$, cost, salt, hash");
    }
    int cost = Integer.parseInt(parts.group(1));
    if (cost < 4 || cost > 14) {
      throw new IllegalArgumentException("must have a bcrypt cost of 4 to 14");
    }
    return new BcryptHash(text, cost);
  }

  /** A password that bcrypt cannot represent takes as long as any other. */
  @Override
  public boolean matches(byte[] password) {
    Argon2Hash.spendRest(password, Math.scalb(1.0, cost - DEFAULT_COST));
    boolean whole = password.length <= MAX_BYTES;
    byte[] read = whole ? password : Arrays.copyOf(password, MAX_BYTES);
    boolean plain = true;
    for (byte b : password) {
      plain &= b != 0;
    }
    boolean right = OpenBSDBCrypt.checkPassword(text, read);
    return right && whole && plain;
  }

  @Override
  public boolean outdated() {
    return true;
  }
}
