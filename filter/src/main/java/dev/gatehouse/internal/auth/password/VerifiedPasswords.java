package dev.gatehouse.internal.auth.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.internal.store.ProcessKeyedDigest;
import dev.gatehouse.spi.store.LookupKey;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a short time which passwords were right, so that a caller pays for the slow hash
 * once a minute.
 *
 * <p>It holds no password, only digests under a key that this process made and nobody else knows.
 * The stored hash is part of what is digested: after a change the old password is not found. Safe
 * for use by several threads.
 */
public final class VerifiedPasswords {
  /** How long a password is remembered. */
  static final long MILLIS = 60_000;

  private final LookupDigest digest;
  private final Cache<LookupKey, Long> since;

  /**
   * Remembers nothing yet.
   *
   * @param most how many are remembered
   */
  public VerifiedPasswords(SecureRandom random, int most) {
    this.digest = ProcessKeyedDigest.fresh(random);
    this.since = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
  }

  /** The name of a proof: this password for this Credential, stored as this text. */
  LookupKey proof(String credential, String stored, Secret password) {
    String parts = credential.length() + ":" + stored.length() + ":";
    return digest.of(parts + credential + stored + password.reveal());
  }

  /** Whether the proof was right within the last minute. */
  boolean holds(LookupKey proof, long nowMillis) {
    @Nullable Long then = since.getIfPresent(proof);
    return then != null && nowMillis - then < MILLIS;
  }

  /** Remembers a proof that was right. */
  void add(LookupKey proof, long nowMillis) {
    since.put(proof, nowMillis);
  }

  /** How many are remembered, about. */
  long size() {
    return since.estimatedSize();
  }
}
