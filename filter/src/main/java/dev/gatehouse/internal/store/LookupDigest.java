package dev.gatehouse.internal.store;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Secret;
import dev.gatehouse.spi.store.LookupKey;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns a presented value into the {@link LookupKey} under which it is stored: HMAC-SHA-256 under
 * the master key, or plain SHA-256 when there is none.
 *
 * <p>The master key is not used itself but a key derived from it for this purpose alone. Safe for
 * use by several threads.
 */
public final class LookupDigest {
  private static final byte[] PURPOSE = "gatehouse/lookup/v1".getBytes(StandardCharsets.US_ASCII);

  /** A power of two; more slots than request threads that digest at the same instant. */
  private static final int SLOTS = 64;

  private final byte @Nullable [] key;
  private final List<LookupDigest> previous;
  private final AtomicReferenceArray<@Nullable Object> idle = new AtomicReferenceArray<>(SLOTS);

  private LookupDigest(byte @Nullable [] key, List<LookupDigest> previous) {
    this.key = key;
    this.previous = previous;
  }

  /** Plain SHA-256: a stolen table can be searched for guessed keys. */
  public static LookupDigest plain() {
    return new LookupDigest(null, List.of());
  }

  /**
   * HMAC-SHA-256 under a key that only the application knows.
   *
   * @param masterKey at least 32 bytes of UTF-8, without an outer blank or a comma
   * @throws ConfigException if it is not
   */
  public static LookupDigest keyed(Secret masterKey) {
    PreviousKeys.check(masterKey);
    return new LookupDigest(hmac(masterKey.utf8()).doFinal(PURPOSE), List.of());
  }

  /** Whether a master key is in use. */
  public boolean keyed() {
    return key != null;
  }

  /** The same, which also knows where values were stored before. */
  public LookupDigest after(PreviousKeys before) {
    List<LookupDigest> digests = new ArrayList<>();
    before.keys().forEach(one -> digests.add(keyed(one)));
    if (before.none()) {
      digests.add(plain());
    }
    return new LookupDigest(key, List.copyOf(digests));
  }

  /** The keys under which a value may still be stored; usually none. */
  public List<LookupKey> previous(String value) {
    return previous.isEmpty()
        ? List.of()
        : previous.stream().map(digest -> digest.of(value)).toList();
  }

  /** The key under which a value is stored; the value is digested as UTF-8. */
  public LookupKey of(String value) {
    int slot = (int) Thread.currentThread().getId() & (SLOTS - 1);
    Object engine = idle.getAndSet(slot, null);
    if (engine == null) {
      engine = key == null ? sha256() : hmac(key);
    }
    LookupKey found = LookupKey.of(digest(engine, value.getBytes(StandardCharsets.UTF_8)));
    idle.set(slot, engine);
    return found;
  }

  private static byte[] digest(Object engine, byte[] value) {
    byte[] out = new byte[LookupKey.BYTES];
    try {
      if (engine instanceof Mac mac) {
        mac.update(value);
        mac.doFinal(out, 0);
      } else {
        MessageDigest sha = (MessageDigest) engine;
        sha.update(value);
        sha.digest(out, 0, out.length);
      }
      return out;
    } catch (ShortBufferException | DigestException e) {
      throw new IllegalStateException("a SHA-256 has 32 bytes", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
