package dev.gatehouse.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.PluginSettings;
import dev.gatehouse.spi.LookupDigest;
import dev.gatehouse.spi.LookupKey;
import java.security.SecureRandom;
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
  private final LookupDigest digest;
  private final Cache<LookupKey, Verified> verified;

  /**
   * Remembers nothing yet.
   *
   * @param most how many characters the remembered tokens may have together
   */
  VerifiedTokens(SecureRandom random, long most) {
    this.digest = PrivateDigest.fresh(random);
    this.verified =
        Caffeine.newBuilder()
            .maximumWeight(most)
            .weigher((LookupKey proof, Verified one) -> one.length)
            .executor(Runnable::run)
            .build();
  }

  private record Verified(
      JwtToken token, JwtCredential by, JwtKey material, PluginSettings settings, int length) {}

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
    if (text.length() > JwtToken.LONGEST) {
      return null;
    }
    LookupKey proof = digest.of(text);
    Verified before = verified.getIfPresent(proof);
    JwtToken token = before == null ? JwtToken.read(text) : before.token;
    return token == null ? null : new Presented(proof, token, text, before);
  }

  /** Remembers that the signature of a token fits the settings of a Credential. */
  void add(Presented presented, JwtCredential by, JwtKey material, PluginSettings settings) {
    verified.put(
        presented.proof,
        new Verified(
            presented.token.withoutSignature(), by, material, settings, presented.text.length()));
  }

  /** How many are remembered, about. */
  long size() {
    return verified.estimatedSize();
  }
}
