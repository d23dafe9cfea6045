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
 * A cache of passwords that were right, so that a caller pays for the slow hash once a minute.
 *
 * <p>It holds digests under a random key of this process, and no passwords. The stored hash is part
 * of the digest, so an old password is not found after a change. Safe for use by several threads.
 */
public final class VerifiedPasswords {
  /** The lifetime of an entry. */
  static final long MILLIS = 60_000;

  private final LookupDigest digest;
  private final Cache<LookupKey, Long> since;

  /**
   * Creates an empty cache.
   *
   * @param most the maximum number of entries
   */
  public VerifiedPasswords(SecureRandom random, int most) {
    this.digest = ProcessKeyedDigest.fresh(random);
    this.since = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
  }

  /** Returns the key of an entry: this password for this Credential and this stored hash. */
  LookupKey proof(String credential, String stored, Secret password) {
    String parts = credential.length() + ":" + stored.length() + ":";
    return digest.of(parts + credential + stored + password.reveal());
  }

  /** Returns whether the entry exists and is not older than a minute. */
  boolean holds(LookupKey proof, long nowMillis) {
    @Nullable Long then = since.getIfPresent(proof);
    return then != null && nowMillis - then < MILLIS;
  }

  /** Adds an entry. */
  void add(LookupKey proof, long nowMillis) {
    since.put(proof, nowMillis);
  }

  /** Returns the approximate number of entries. */
  long size() {
    return since.estimatedSize();
  }
}
