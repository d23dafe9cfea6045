package dev.gatehouse.internal.auth.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.internal.store.UniversalHash;
import dev.gatehouse.settings.PluginSettings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cache of tokens with valid signatures, so that a token that is sent again costs a hash and a
 * comparison instead of a verification.
 *
 * <p>An entry holds the whole token, which is compared with the presented one: a collision of the
 * {@link UniversalHash} admits nothing. Only tokens with a valid signature get in, so a caller
 * without a Credential cannot fill the cache, and a collision that a caller provokes displaces a
 * token of its own. An entry says that a signature is valid for the settings of a Credential. The
 * Credential is still looked up and the dates are still checked for each request, so that no entry
 * outlives the token's {@code exp} or a change of the Credential. No text of this class shows a
 * token. Safe for use by several threads.
 */
final class VerifiedTokens {
  private static final int BYTES_EACH = 320;
  private static final int BYTES_VALUE = 64;
  private static final int BYTES_MAP = 192;

  private final UniversalHash hash;
  private final Cache<UniversalHash.Value, Verified> verified;

  /**
   * Creates an empty cache.
   *
   * @param most the approximate memory of all entries, in bytes
   */
  VerifiedTokens(SecureRandom random, long most) {
    this.hash = new UniversalHash(random);
    this.verified =
        Caffeine.newBuilder()
            .maximumWeight(most)
            .weigher((UniversalHash.Value key, Verified one) -> one.weight())
            .executor(Runnable::run)
            .build();
  }

  /**
   * A token with a valid signature.
   *
   * @param text the whole token
   * @param token the parsed token without its signature
   * @param by the Credential's settings, parsed
   * @param kind the problem of the token's kind, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // Instances are never compared.
  private record Verified(
      byte[] text,
      JwtToken token,
      JwtCredential by,
      JwtKey material,
      PluginSettings settings,
      TokenDates dates,
      @Nullable String kind) {

    int weight() {
      return BYTES_EACH + text.length + bytes(token.header()) + bytes(token.claims());
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
      return "Verified";
    }
  }

  /** A token of a request. */
  static final class Presented {
    private final byte[] text;
    private final UniversalHash.Value key;
    private final @Nullable Verified before;
    private final JwtToken token;

    private Presented(
        byte[] text, UniversalHash.Value key, @Nullable Verified before, JwtToken token) {
      this.text = text;
      this.key = key;
      this.before = before;
      this.token = token;
    }

    /** Returns the parsed token; without its signature if it is in the cache. */
    JwtToken token() {
      return token;
    }

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
      return before == null
          ? token
          : Objects.requireNonNull(JwtToken.read(new String(text, StandardCharsets.ISO_8859_1)));
    }

    /** Returns the dates of the claims. */
    TokenDates dates() {
      return before == null ? TokenDates.of(token.claims()) : before.dates;
    }

    /**
     * Returns why the token is not an access token, for the log, or null.
     *
     * @param known whether the signature was valid for this Credential before
     */
    @Nullable String kind(JwtCredential credential, boolean known) {
      return known && before != null ? before.kind : TokenKind.problem(token, credential);
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
      return "Presented";
    }
  }

  /**
   * Parses a token, or returns its entry. Returns null if the text is malformed. A character that
   * is not Latin-1 becomes a question mark, which no token of the cache contains.
   */
  @Nullable Presented read(String text) {
    if (text.length() > JwtToken.MAX_LENGTH) {
      return null;
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    UniversalHash.Value key = hash.of(bytes);
    Verified before = verified.getIfPresent(key);
    if (before != null && !UniversalHash.isEqual(before.text, bytes)) {
      before = null;
    }
    JwtToken token = before == null ? JwtToken.read(text) : before.token;
    return token == null ? null : new Presented(bytes, key, before, token);
  }

  /** Adds a token whose signature is valid for the settings of a Credential. */
  void add(Presented presented, JwtCredential by, JwtKey material, PluginSettings settings) {
    verified.put(
        presented.key,
        new Verified(
            presented.text,
            presented.token.withoutSignature(),
            by,
            material,
            settings,
            presented.dates(),
            TokenKind.problem(presented.token, by)));
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
