package dev.gatehouse.internal.store;

import dev.gatehouse.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/** Digests under a key that nobody but this process knows. */
public final class ProcessKeyedDigest {
  private static final int KEY = 32;

  private ProcessKeyedDigest() {}

  /** One with a new key. */
  public static LookupDigest fresh(SecureRandom random) {
    byte[] key = new byte[KEY];
    random.nextBytes(key);
    return LookupDigest.keyed(Secret.of(Base64.getEncoder().encodeToString(key)));
  }
}
