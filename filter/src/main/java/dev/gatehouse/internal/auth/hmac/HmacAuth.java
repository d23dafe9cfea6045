package dev.gatehouse.internal.auth.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.http.StrictBase64;
import dev.gatehouse.internal.store.EnginePool;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestBody;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.Map;
import java.util.Optional;

/**
 * {@code hmac-auth}: a signature over parts of the request, with a shared secret.
 *
 * <p>The signature is verified before the body is read. Replays are detected within one instance,
 * across all of its Routes.
 */
public final class HmacAuth implements CredentialPlugin<HmacConfig> {
  private static final Reply NO_BODY = Reply.message(408, "request body did not arrive");
  private static final Reply FULL = Reply.message(503, "Service temporarily unavailable");
  private static final int MAX_LENGTH = 256;
  private static final String BASE64 = "base64_secret";
  private static final int MAX_KEYS = 10_000;

  /**
   * Used in place of the secret of an unknown key, so that it costs as much as a known one. Many
   * requests share it, so it has more idle MACs.
   */
  private static final SigningKey DECOY_KEY =
      new SigningKey(
          "no key has this secret; it is never matched".getBytes(UTF_8), EnginePool.MAX_SLOTS);

  /**
   * Keyed by identity: a store returns the same object for each request. Maintenance runs in the
   * calling thread, because waking another one costs more than a signature.
   */
  private final LoadingCache<PluginSettings, Optional<SigningKey>> keys =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumSize(MAX_KEYS)
          .executor(Runnable::run)
          .build(HmacAuth::key);

  private final ReplayCache seen = new ReplayCache();

  @Override
  public String name() {
    return "hmac-auth";
  }

  @Override
  public int priority() {
    return 2530;
  }

  @Override
  public String attribute() {
    return "key_id";
  }

  @Override
  public HmacConfig configure(SettingsReader settings, PluginServices parts) {
    return HmacConfig.read(settings, parts);
  }

  @Override
  public EnrolledCredential readCredential(SettingsReader settings, PluginServices parts) {
    Secret keyId = settings.requiredSecret("key_id");
    bounded(settings, "key_id", keyId.reveal());
    Secret secret = settings.requiredSecret("secret_key");
    bounded(settings, "secret_key", secret.reveal());
    if (!settings.flag(BASE64, false)) {
      return new EnrolledCredential(keyId, PluginSettings.of(Map.of("secret_key", secret)));
    }
    if (StrictBase64.decode(secret.reveal()).length == 0) {
      settings.report("secret_key", "must be base64 because base64_secret is true");
    }
    return new EnrolledCredential(
        keyId, PluginSettings.of(Map.of("secret_key", secret, BASE64, true)));
  }

  private static void bounded(SettingsReader settings, String name, String text) {
    if (text.length() > MAX_LENGTH) {
      settings.report(name, "must have 1 to 256 characters, had " + text.length());
    }
  }

  @Override
  public AuthResult authenticate(
      HmacConfig config, GateRequest request, CredentialLookup credentials) {
    HmacPresentation presented = config.format().read(config, request);
    return presented instanceof HmacPresentation.Answer answer
        ? answer.result()
        : verify(config, request, (HmacPresentation.Signed) presented, credentials);
  }

  private AuthResult verify(
      HmacConfig config,
      GateRequest request,
      HmacPresentation.Signed presented,
      CredentialLookup credentials) {
    String keyId = presented.keyId();
    StoredCredential found = keyId.length() > MAX_LENGTH ? null : credentials.find(name(), keyId);
    SigningKey secret = found == null ? null : keys.get(found.settings()).orElse(null);
    String problem = presented.problem(secret == null ? DECOY_KEY : secret);
    if (found == null || secret == null) {
      return HmacPresentation.refusal("Invalid key_id");
    }
    if (problem == null && config.replay().once() && seen.has(presented.signature())) {
      problem = "signature used before";
    }
    if (problem != null) {
      return HmacPresentation.refusal(problem);
    }
    AuthResult proved = new AuthResult.Authenticated(found);
    AuthResult whole = config.body().validated() ? body(config, request, proved) : proved;
    boolean once = config.replay().once() && whole instanceof AuthResult.Authenticated;
    return once ? once(config.replay(), presented, whole) : whole;
  }

  private static Optional<SigningKey> key(PluginSettings settings) {
    if (!(settings.value("secret_key") instanceof Secret secret)) {
      return Optional.empty();
    }
    boolean base64 = Boolean.TRUE.equals(settings.value(BASE64));
    byte[] bytes = base64 ? StrictBase64.decode(secret.reveal()) : secret.utf8();
    return bytes.length == 0
        ? Optional.empty()
        : Optional.of(new SigningKey(bytes, SigningKey.DEFAULT_SLOTS));
  }

  private static AuthResult body(HmacConfig config, GateRequest request, AuthResult proved) {
    BodyDigest digest = config.format().digest(request);
    if (digest == null) {
      return HmacPresentation.refusal("Invalid digest");
    }
    long most = config.body().most();
    RequestBody body = request.body(most);
    if (body instanceof RequestBody.TooLarge large) {
      String message =
          "request size " + large.size() + " is greater than the maximum size " + most + " allowed";
      return new AuthResult.Rejected(Reply.message(413, message), "body too large");
    }
    if (body instanceof RequestBody.Missing missing) {
      return new AuthResult.Rejected(NO_BODY, missing.reason());
    }
    boolean equal = digest.isOf(((RequestBody.Whole) body).bytes());
    return equal ? proved : HmacPresentation.refusal("Invalid digest");
  }

  /** Checked last, so that a request with another body cannot use up a signature. */
  private AuthResult once(
      HmacConfig.ReplayRule rule, HmacPresentation.Signed presented, AuthResult proved) {
    ReplayCache.Outcome outcome =
        seen.take(presented.signature(), presented.last(), presented.now(), rule.capacity());
    if (outcome == ReplayCache.Outcome.FULL) {
      return new AuthResult.Rejected(FULL, "no room to remember one more signature");
    }
    return outcome == ReplayCache.Outcome.SEEN
        ? HmacPresentation.refusal("signature used before")
        : proved;
  }
}
