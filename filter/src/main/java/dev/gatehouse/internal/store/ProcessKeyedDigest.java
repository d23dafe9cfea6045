package dev.gatehouse.internal.store;

import dev.gatehouse.spi.store.LookupKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * SHA-256 over a random key of this process and a value, for digests that do not leave the process.
 *
 * <p>Without the key a digest reveals nothing about its value. The construction allows to extend a
 * value whose digest is known, which is harmless because no digest is published. Safe for use by
 * several threads.
 */
public final class ProcessKeyedDigest {
  private static final int KEY = 32;

  private final byte[] key = new byte[KEY];
  private final EnginePool<MessageDigest> engines =
      new EnginePool<>(EnginePool.MAX_SLOTS, ProcessKeyedDigest::sha256);

  /** Creates a digest with a new key. */
  public ProcessKeyedDigest(SecureRandom random) {
    random.nextBytes(key);
  }

  /** Returns the digest of a value. */
  public LookupKey of(byte[] value) {
    MessageDigest engine = engines.take();
    engine.update(key);
    LookupKey found = LookupKey.of(engine.digest(value));
    engines.put(engine);
    return found;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
