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
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The digest of presented values to {@link LookupKey}s: HMAC-SHA-256 with the master key, or
 * SHA-256 without one.
 *
 * <p>The key is derived from the master key for this purpose. Safe for use by several threads.
 */
public final class LookupDigest {
  private static final byte[] PURPOSE = "gatehouse/lookup/v1".getBytes(StandardCharsets.US_ASCII);

  private final byte @Nullable [] key;
  private final List<LookupDigest> previous;
  private final EnginePool<Object> engines;

  private LookupDigest(byte @Nullable [] key, List<LookupDigest> previous) {
    this.key = key;
    this.previous = previous;
    this.engines = new EnginePool<>(EnginePool.MAX_SLOTS, () -> key == null ? sha256() : hmac(key));
  }

  /** Returns a SHA-256 digest. A stolen table can be searched for guessed keys. */
  public static LookupDigest plain() {
    return new LookupDigest(null, List.of());
  }

  /**
   * Returns an HMAC-SHA-256 digest.
   *
   * @param masterKey at least 32 bytes of UTF-8, without leading or trailing blanks and commas
   * @throws ConfigException if the key is invalid
   */
  public static LookupDigest keyed(Secret masterKey) {
    PreviousKeys.check(masterKey);
    return new LookupDigest(hmac(masterKey.utf8()).doFinal(PURPOSE), List.of());
  }

  /** Returns whether there is a master key. */
  public boolean keyed() {
    return key != null;
  }

  /** Returns a digest that also knows the lookup keys of earlier master keys. */
  public LookupDigest after(PreviousKeys before) {
    List<LookupDigest> digests = new ArrayList<>();
    before.keys().forEach(one -> digests.add(keyed(one)));
    if (before.none()) {
      digests.add(plain());
    }
    return new LookupDigest(key, List.copyOf(digests));
  }

  /** Returns the lookup keys of a value under earlier master keys; usually none. */
  public List<LookupKey> previous(String value) {
    return previous.isEmpty()
        ? List.of()
        : previous.stream().map(digest -> digest.of(value)).toList();
  }

  /** Returns the lookup key of a value, which is digested as UTF-8. */
  public LookupKey of(String value) {
    Object engine = engines.take();
    LookupKey found = LookupKey.of(digest(engine, value.getBytes(StandardCharsets.UTF_8)));
    engines.put(engine);
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
