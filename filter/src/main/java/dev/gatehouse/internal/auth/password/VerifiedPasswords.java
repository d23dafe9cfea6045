package dev.gatehouse.internal.auth.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.store.ProcessKeyedDigest;
import dev.gatehouse.spi.store.LookupKey;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A cache of passwords that were right, so that a caller pays for the slow hash once a minute.
 *
 * <p>It holds digests under a random key of this process, and no passwords. The stored hash is part
 * of an entry's key, so an old password is not found after a change. Safe for use by several
 * threads.
 */
public final class VerifiedPasswords {
  /** The lifetime of an entry. */
  static final long MILLIS = 60_000;

  private final ProcessKeyedDigest digest;
  private final Cache<Proof, Long> since;

  /**
   * Creates an empty cache.
   *
   * @param most the maximum number of entries
   */
  public VerifiedPasswords(SecureRandom random, int most) {
    this.digest = new ProcessKeyedDigest(random);
    this.since = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
  }

  /**
   * The key of an entry: a password that is right for a stored hash of a Credential.
   *
   * @param credential the id of the Credential
   * @param stored the stored hash
   * @param password the digest of the password
   */
  record Proof(String credential, String stored, LookupKey password) {
    /** Omits the stored hash, a long text that the other parts identify well enough. */
    @Override
    public int hashCode() {
      return 31 * credential.hashCode() + password.hashCode();
    }

    /** Returns a text without the stored hash. */
    @Override
    public String toString() {
      return "Proof(" + credential + ")";
    }
  }

  /** Returns the digest of a password. */
  LookupKey digest(Secret password) {
    return digest.of(password.utf8());
  }

  /** Returns the key of an entry: this password for this Credential and this stored hash. */
  Proof proof(String credential, String stored, Secret password) {
    return new Proof(credential, stored, digest(password));
  }

  /** Returns whether the entry exists and is not older than a minute. */
  boolean holds(Proof proof, long nowMillis) {
    @Nullable Long then = since.getIfPresent(proof);
    return then != null && nowMillis - then < MILLIS;
  }

  /** Adds an entry. */
  void add(Proof proof, long nowMillis) {
    since.put(proof, nowMillis);
  }

  /** Returns the approximate number of entries. */
  long size() {
    return since.estimatedSize();
  }
}
