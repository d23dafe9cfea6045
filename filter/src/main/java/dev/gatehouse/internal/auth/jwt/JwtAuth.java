package dev.gatehouse.internal.auth.jwt;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.http.StrictBase64;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoredCredential;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code jwt-auth}: a signed token in a header, the query or a cookie.
 *
 * <p>This class parses the token and checks its claims; jjwt verifies the signature only. Key and
 * algorithm are those of the Credential: a token with another algorithm is refused before any
 * cryptography.
 */
public final class JwtAuth implements CredentialPlugin<JwtConfig> {
  static final String CLAIMS = "dev.gatehouse.jwt.claims";

  private static final Reply MISSING = Reply.message(401, "Missing JWT token in request");
  private static final Reply INVALID = Reply.message(401, "JWT token invalid");
  private static final Reply NO_KEY = Reply.message(401, "missing user key in JWT token");
  private static final Reply UNKNOWN = Reply.message(401, "Invalid user key in JWT token");
  private static final Reply REFUSED = Reply.message(401, "failed to verify jwt");

  /** Timeout of connecting to a key set and of each read, in milliseconds. */
  private static final int PATIENCE = 2_000;

  /** Longest wait of a request for a key set, in milliseconds. */
  private static final long WAIT = 500;

  private static final int MAX_PARSED_KEYS = 10_000;

  /** Memory for verified tokens in bytes: a few tens of thousands of tokens. */
  private static final long MAX_VERIFIED = 1L << 26;

  private final LoadingCache<PluginSettings, Optional<JwtCredential>> parsed =
      Caffeine.newBuilder()
          .maximumSize(MAX_PARSED_KEYS)
          .executor(Runnable::run)
          .build(JwtCredential::of);
  private final JwksCache sets;
  private final VerifiedTokens verified = new VerifiedTokens(new SecureRandom(), MAX_VERIFIED);

  /** Creates the plugin. */
  public JwtAuth() {
    this(new JwksCache(PATIENCE, WAIT));
  }

  /** Creates the plugin with another cache of key sets, for tests. */
  JwtAuth(JwksCache sets) {
    this.sets = sets;
  }

  @Override
  public String name() {
    return "jwt-auth";
  }

  @Override
  public int priority() {
    return 2510;
  }

  @Override
  public String attribute() {
    return "key";
  }

  @Override
  public JwtConfig configure(SettingsReader settings, PluginServices parts) {
    return JwtConfig.read(settings, parts);
  }

  @Override
  public EnrolledCredential readCredential(SettingsReader settings, PluginServices parts) {
    Secret key = settings.requiredSecret("key");
    long life = settings.integer("exp", 1, Long.MAX_VALUE, 86_400);
    Optional<JwtCredential> read = JwtCredential.read(settings);
    if (!parts.profile().weakJwtKeysVerify()) {
      read.flatMap(JwtCredential::material)
          .ifPresent(
              found ->
                  found
                      .weakness()
                      .ifPresent(
                          problem ->
                              settings.report(
                                  found.algorithm().isHmac() ? "secret" : "public_key", problem)));
    }
    if (!parts.profile().jwtTakesOtherKinds()
        && read.filter(one -> one.set().isPresent() && one.audience().isEmpty()).isPresent()) {
      settings.report(
          "audience",
          "is required beside jwks_uri or jwks_file: without it every token that its issuer makes"
              + " for another API is taken");
    }
    read.flatMap(JwtCredential::set)
        .filter(JwksLocation::isLocal)
        .filter(set -> sets.problem(set, parts.ticker()) != null)
        .ifPresent(set -> settings.report(JwksLocation.FILE_SETTING, set.unusable()));
    PluginSettings kept =
        read.map(one -> one.storedSettings(settings)).orElse(PluginSettings.EMPTY);
    return new EnrolledCredential(
        key, parts.profile().jwtShowsUnusedLife() ? withLife(kept, life) : kept);
  }

  /** APISIX documents the setting but does not use it. */
  private static PluginSettings withLife(PluginSettings kept, long life) {
    Map<String, Object> all = new LinkedHashMap<>(kept.values());
    all.put("exp", life);
    return PluginSettings.of(all);
  }

  @Override
  public AuthResult authenticate(
      JwtConfig config, GateRequest request, CredentialLookup credentials) {
    List<String> presented = JwtSources.presented(config.places(), request);
    if (presented.isEmpty()) {
      return new AuthResult.NoCredential(MISSING);
    }
    if (presented.size() > 1) {
      return new AuthResult.Rejected(INVALID, "more than one token presented");
    }
    VerifiedTokens.Presented token = verified.read(presented.get(0));
    if (token == null) {
      return new AuthResult.Rejected(INVALID, "not a token of three strict parts");
    }
    return authenticate(config, token, credentials);
  }

  private AuthResult authenticate(
      JwtConfig config, VerifiedTokens.Presented presented, CredentialLookup credentials) {
    JwtToken token = presented.token();
    Object claim = token.claims().get(config.userClaim());
    if (claim == null && !token.claims().containsKey(config.userClaim())) {
      return new AuthResult.Rejected(NO_KEY, "the token names no key");
    }
    StoredCredential found =
        claim instanceof String key && !key.isEmpty() ? credentials.find(name(), key) : null;
    if (found == null) {
      spend(token);
      return new AuthResult.Rejected(
          config.profile().jwtRevealsUnknownKeys() ? UNKNOWN : REFUSED, "unknown key");
    }
    return verify(config, presented, found);
  }

  /** Takes as long as a verification, so that the time does not reveal which keys exist. */
  private static void spend(JwtToken token) {
    if (token.header().get("alg") instanceof String id && JwtAlgorithm.ids().contains(id)) {
      JwtAlgorithm algorithm = JwtAlgorithm.of(id);
      JwtKey decoy = DecoyKeys.of(algorithm);
      byte[] sent = StrictBase64.decodeUrl(token.signature());
      byte[] used = sent != null && decoy.mayHaveMade(sent) ? sent : DecoyKeys.signature(algorithm);
      boolean unused = new Question(decoy, token, used).answer();
    }
  }

  private AuthResult verify(
      JwtConfig config, VerifiedTokens.Presented presented, StoredCredential found) {
    JwtCredential before = presented.verifiedBy(found.settings());
    JwtCredential credential = before == null ? parsed.get(found.settings()).orElse(null) : before;
    if (credential == null) {
      spend(presented.whole());
      return new AuthResult.Rejected(REFUSED, "the stored credential cannot be used");
    }
    Map<String, @Nullable Object> header = presented.token().header();
    if (!credential.algorithm().id().equals(header.get("alg"))) {
      spend(presented.whole());
      return new AuthResult.Rejected(REFUSED, "the token names another algorithm");
    }
    JwtKey key = key(config, credential, header);
    if (key == null) {
      spend(presented.whole());
      return new AuthResult.Rejected(REFUSED, "the token names no key of the set");
    }
    boolean known = before != null && presented.fitted(key);
    String problem = problem(config, presented, new Judge(credential, key), known);
    if (problem != null) {
      return new AuthResult.Rejected(REFUSED, problem);
    }
    if (!known) {
      verified.add(presented, credential, key, found.settings());
    }
    return config.storeClaims()
        ? new AuthResult.Authenticated(found, Map.of(CLAIMS, presented.token().claims()))
        : new AuthResult.Authenticated(found);
  }

  /** Returns the Credential's key, or the key of its set that the token names, or null. */
  private @Nullable JwtKey key(
      JwtConfig config, JwtCredential credential, Map<String, @Nullable Object> header) {
    Optional<JwksLocation> set = credential.set();
    if (set.isEmpty()) {
      return credential.material().orElse(null);
    }
    Object id = header.get("kid");
    return id == null || id instanceof String
        ? sets.find(set.get(), (String) id, config.ticker())
        : null;
  }

  /** The input of a verification. */
  private record Judge(JwtCredential credential, JwtKey material) {}

  private static @Nullable String problem(
      JwtConfig config, VerifiedTokens.Presented presented, Judge judge, boolean known) {
    if (judge.material.weak() && !config.profile().weakJwtKeysVerify()) {
      spend(presented.whole());
      return "the key is too weak";
    }
    if (!known && !verifies(judge.material, presented.whole())) {
      return "wrong signature";
    }
    String other =
        config.profile().jwtTakesOtherKinds() ? null : presented.kind(judge.credential, known);
    if (other != null) {
      return other;
    }
    long now = Math.floorDiv(config.clock().millis(), 1000);
    String date = presented.dates().problem(config, judge.credential.grace(), now);
    return date != null || known ? date : judge.credential.problem(presented.token().claims());
  }

  /** Returns the number of remembered tokens. */
  long remembered() {
    return verified.size();
  }

  private static boolean verifies(JwtKey key, JwtToken token) {
    byte[] signature = StrictBase64.decodeUrl(token.signature());
    if (signature == null || !key.mayHaveMade(signature)) {
      spend(token);
      return false;
    }
    return key.weak()
        ? key.verifiesThoughWeak(token.signedBytes(), signature)
        : new Question(key, token, signature).answer();
  }

  /** A verification by jjwt without its parser. */
  private static final class Question implements VerifySecureDigestRequest<Key> {
    private final JwtKey material;
    private final JwtToken token;
    private final byte[] signature;

    Question(JwtKey material, JwtToken token, byte[] signature) {
      this.material = material;
      this.token = token;
      this.signature = signature;
    }

    @SuppressWarnings("unchecked") // The key of a JwtKey is of its algorithm.
    boolean answer() {
      try {
        return ((SecureDigestAlgorithm<Key, Key>) Jwts.SIG.get().forKey(material.algorithm().id()))
            .verify(this);
      } catch (JwtException e) {
        return false;
      }
    }

    @Override
    public InputStream getPayload() {
      return new ByteArrayInputStream(token.signedBytes());
    }

    @Override
    public byte[] getDigest() {
      return signature;
    }

    @Override
    public Key getKey() {
      return material.key();
    }

    @Override
    public @Nullable Provider getProvider() {
      return null;
    }

    @Override
    public @Nullable SecureRandom getSecureRandom() {
      return null;
    }
  }
}
