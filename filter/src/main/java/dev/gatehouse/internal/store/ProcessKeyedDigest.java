package dev.gatehouse.internal.store;

import dev.gatehouse.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/** Creates digests with a random key of this process. */
public final class ProcessKeyedDigest {
  private static final int KEY = 32;

  private ProcessKeyedDigest() {}

  /** Returns a digest with a new key. */
  public static LookupDigest fresh(SecureRandom random) {
    byte[] key = new byte[KEY];
    random.nextBytes(key);
    return LookupDigest.keyed(Secret.of(Base64.getEncoder().encodeToString(key)));
  }
}
