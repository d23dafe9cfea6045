package dev.gatehouse.internal.auth.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.internal.store.ProcessKeyedDigest;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.LookupKey;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cache of tokens with valid signatures, so that a token that is sent again costs a digest
 * instead of a verification.
 *
 * <p>It holds digests under a random key of this process, and no tokens. An entry says that a
 * signature is valid for the settings of a Credential. The Credential is still looked up and the
 * claims are still checked for each request, so that no entry outlives the token's {@code exp} or a
 * change of the Credential. Safe for use by several threads.
 */
final class VerifiedTokens {
  private static final int BYTES_EACH = 256;
  private static final int BYTES_VALUE = 64;
  private static final int BYTES_MAP = 192;

  private final LookupDigest digest;
  private final Cache<LookupKey, Verified> verified;

  /**
   * Creates an empty cache.
   *
   * @param most the approximate memory of all entries, in bytes
   */
  VerifiedTokens(SecureRandom random, long most) {
    this.digest = ProcessKeyedDigest.fresh(random);
    this.verified =
        Caffeine.newBuilder()
            .maximumWeight(most)
            .weigher((LookupKey proof, Verified one) -> one.weight)
            .executor(Runnable::run)
            .build();
  }

  private record Verified(
      JwtToken token, JwtCredential by, JwtKey material, PluginSettings settings, int weight) {}

  /**
   * A token of a request.
   *
   * @param token the parsed token; without its signature if it is in the cache
   */
  record Presented(LookupKey proof, JwtToken token, String text, @Nullable Verified before) {
    /** Returns the settings if the signature was valid for them before. */
    @Nullable JwtCredential verifiedBy(PluginSettings settings) {
      return before != null && before.settings.equals(settings) ? before.by : null;
    }

    /** Returns whether the signature was valid for this key before. */
    boolean fitted(JwtKey material) {
      return before != null && before.material.equals(material);
    }

    /** Returns the token with its signature, which an entry does not contain. */
    JwtToken whole() {
      return before == null ? token : Objects.requireNonNull(JwtToken.read(text));
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
      return "Presented";
    }
  }

  /** Parses a token, or returns its entry. Returns null if the text is malformed. */
  @Nullable Presented read(String text) {
    if (text.length() > JwtToken.MAX_LENGTH) {
      return null;
    }
    LookupKey proof = digest.of(text);
    Verified before = verified.getIfPresent(proof);
    JwtToken token = before == null ? JwtToken.read(text) : before.token;
    return token == null ? null : new Presented(proof, token, text, before);
  }

  /** Adds a token whose signature is valid for the settings of a Credential. */
  void add(Presented presented, JwtCredential by, JwtKey material, PluginSettings settings) {
    JwtToken token = presented.token.withoutSignature();
    int weight = BYTES_EACH + bytes(token.header()) + bytes(token.claims());
    verified.put(presented.proof, new Verified(token, by, material, settings, weight));
  }

  /** Returns an upper estimate of a value's memory, in bytes. */
  private static int bytes(@Nullable Object value) {
    int sum = BYTES_VALUE;
    if (value instanceof String text) {
      sum += Character.BYTES * text.length();
    } else if (value instanceof Map<?, ?> members) {
      sum += BYTES_MAP;
      for (Map.Entry<?, ?> one : members.entrySet()) {
        sum += BYTES_VALUE + bytes(one.getKey()) + bytes(one.getValue());
      }
    } else if (value instanceof List<?> elements) {
      for (Object one : elements) {
        sum += bytes(one);
      }
    } else if (value instanceof BigDecimal number) {
      sum += number.precision();
    }
    return sum;
  }

  /** Returns the approximate number of entries. */
  long size() {
    return verified.estimatedSize();
  }
}
