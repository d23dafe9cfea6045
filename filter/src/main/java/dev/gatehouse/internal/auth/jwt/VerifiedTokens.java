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
 * Remembers tokens whose signature was right, so that a caller who sends one again pays for a
 * digest and not for the cryptography of its key.
 *
 * <p>It holds no token, only digests under a key that this process made. What is remembered is that
 * a signature fits the settings of a Credential: the Credential is looked up and the claims are
 * judged at each request as if the token were new, so that nothing outlives its {@code exp}, a
 * change, or a Credential that was switched off. Safe for use by several threads.
 */
final class VerifiedTokens {
  private static final int BYTES_EACH = 256;
  private static final int BYTES_VALUE = 64;
  private static final int BYTES_MAP = 192;

  private final LookupDigest digest;
  private final Cache<LookupKey, Verified> verified;

  /**
   * Remembers nothing yet.
   *
   * @param most how many bytes the remembered tokens may take together, about
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
   * @param token what it says; without its signature when that is remembered
   */
  record Presented(LookupKey proof, JwtToken token, String text, @Nullable Verified before) {
    /** Whose settings the signature fitted before, if these are the ones. */
    @Nullable JwtCredential verifiedBy(PluginSettings settings) {
      return before != null && before.settings.equals(settings) ? before.by : null;
    }

    /** Whether the signature fitted this key before. */
    boolean fitted(JwtKey material) {
      return before != null && before.material.equals(material);
    }

    /** The token with its signature, which what is remembered does not have. */
    JwtToken whole() {
      return before == null ? token : Objects.requireNonNull(JwtToken.read(text));
    }

    /** Shows nothing of what was sent. */
    @Override
    public String toString() {
      return "Presented";
    }
  }

  /** Reads a token, or takes what is remembered of it; null when the text is none. */
  @Nullable Presented read(String text) {
    if (text.length() > JwtToken.MAX_LENGTH) {
      return null;
    }
    LookupKey proof = digest.of(text);
    Verified before = verified.getIfPresent(proof);
    JwtToken token = before == null ? JwtToken.read(text) : before.token;
    return token == null ? null : new Presented(proof, token, text, before);
  }

  /** Remembers that the signature of a token fits the settings of a Credential. */
  void add(Presented presented, JwtCredential by, JwtKey material, PluginSettings settings) {
    JwtToken token = presented.token.withoutSignature();
    int weight = BYTES_EACH + bytes(token.header()) + bytes(token.claims());
    verified.put(presented.proof, new Verified(token, by, material, settings, weight));
  }

  /** Returns the bytes that a value takes in memory, rather too many than too few. */
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

  /** How many are remembered, about. */
  long size() {
    return verified.estimatedSize();
  }
}
