package dev.gatehouse.auth;

import dev.gatehouse.PluginSettings;
import dev.gatehouse.Secret;
import dev.gatehouse.SettingsReader;
import dev.gatehouse.spi.AuthResult;
import dev.gatehouse.spi.Body;
import dev.gatehouse.spi.CredentialForm;
import dev.gatehouse.spi.CredentialLookup;
import dev.gatehouse.spi.CredentialPlugin;
import dev.gatehouse.spi.GateRequest;
import dev.gatehouse.spi.Parts;
import dev.gatehouse.spi.Reply;
import dev.gatehouse.spi.StoredCredential;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code hmac-auth}: a signature over chosen parts of the request, under a shared secret.
 *
 * <p>Source: reference section 2.3 and security M1 to M11. The signature is verified before the
 * body is read. Whether a signature was accepted before is known to one instance only, and holds
 * over all its Routes.
 */
final class HmacAuth implements CredentialPlugin<HmacConfig> {
  private static final String GENERIC = "client request can't be validated";
  private static final Reply MISSING =
      Reply.message(401, GENERIC + ": missing Authorization header");
  private static final Reply OTHER_SCHEME =
      Reply.message(
          401,
          GENERIC + ": Authorization header does not start with '" + SignatureHeader.SCHEME + "'");
  private static final Reply INVALID = Reply.message(401, GENERIC);
  private static final Reply NO_BODY = Reply.message(408, "request body did not arrive");
  private static final Reply FULL = Reply.message(503, "Service temporarily unavailable");
  private static final String DIGEST_PREFIX = "SHA-256=";
  private static final int LONGEST = 256;

  /** Stands in for the secret of an unknown key, so that it costs as much as a known one. */
  private static final Secret NOBODYS = Secret.of("no key has this secret; it is never matched");

  private final SeenSignatures seen = new SeenSignatures();

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
  public HmacConfig configure(SettingsReader settings, Parts parts) {
    return HmacConfig.read(settings, parts);
  }

  @Override
  public CredentialForm enrol(SettingsReader settings, Parts parts) {
    Secret keyId = Secret.of(bounded(settings, "key_id", settings.requiredText("key_id")));
    Secret secret = settings.requiredSecret("secret_key");
    bounded(settings, "secret_key", secret.reveal());
    return new CredentialForm(keyId, PluginSettings.of(Map.of("secret_key", secret)));
  }

  private static String bounded(SettingsReader settings, String name, String text) {
    if (text.length() > LONGEST) {
      settings.mistake(name, "must have 1 to 256 characters, had " + text.length());
    }
    return text;
  }

  @Override
  public AuthResult authenticate(
      HmacConfig config, GateRequest request, CredentialLookup credentials) {
    List<String> values = request.headers("Authorization");
    if (values.isEmpty()) {
      return new AuthResult.NoCredential(MISSING);
    }
    if (values.size() > 1) {
      return invalid("more than one Authorization header");
    }
    if (!SignatureHeader.hasScheme(values.get(0))) {
      return new AuthResult.Rejected(
          OTHER_SCHEME, "Authorization header does not start with 'Signature'");
    }
    @Nullable SignatureHeader header = SignatureHeader.parse(values.get(0));
    if (header == null) {
      return invalid("Authorization header is malformed");
    }
    if (header.keyId().isEmpty() || header.signature().isEmpty()) {
      return invalid("keyId or signature missing");
    }
    return header.algorithm().isEmpty()
        ? invalid("algorithm missing")
        : verify(config, request, header, credentials);
  }

  private AuthResult verify(
      HmacConfig config,
      GateRequest request,
      SignatureHeader header,
      CredentialLookup credentials) {
    String keyId = header.keyId().orElse("");
    StoredCredential found = keyId.length() > LONGEST ? null : credentials.find(name(), keyId);
    Secret secret = found == null ? null : secret(found);
    HmacCheck check =
        new HmacCheck(config, request, header, Math.floorDiv(config.clock().millis(), 1000));
    String problem = check.problem(secret == null ? NOBODYS : secret);
    if (found == null || secret == null) {
      return invalid("Invalid key_id");
    }
    if (problem == null && config.replay().once() && seen.has(check.signature())) {
      problem = "signature used before";
    }
    if (problem != null) {
      return invalid(problem);
    }
    AuthResult proved = new AuthResult.Authenticated(found);
    AuthResult whole = config.body().validated() ? body(config, request, proved) : proved;
    boolean once = config.replay().once() && whole instanceof AuthResult.Authenticated;
    return once ? once(check, whole) : whole;
  }

  private static @Nullable Secret secret(StoredCredential found) {
    return found.settings().value("secret_key") instanceof Secret secret ? secret : null;
  }

  private static AuthResult body(HmacConfig config, GateRequest request, AuthResult proved) {
    List<String> digests = request.headers("Digest");
    if (digests.size() != 1 || !digests.get(0).startsWith(DIGEST_PREFIX)) {
      return invalid("Invalid digest");
    }
    byte[] named = StrictBase64.decode(digests.get(0).substring(DIGEST_PREFIX.length()));
    long most = config.body().most();
    Body body = request.body(most);
    if (body instanceof Body.TooLarge large) {
      String message =
          "request size " + large.size() + " is greater than the maximum size " + most + " allowed";
      return new AuthResult.Rejected(Reply.message(413, message), "body too large");
    }
    if (body instanceof Body.Missing missing) {
      return new AuthResult.Rejected(NO_BODY, missing.reason());
    }
    boolean equal = MessageDigest.isEqual(sha256(((Body.Whole) body).bytes()), named);
    return equal ? proved : invalid("Invalid digest");
  }

  /** Taken last, so that nobody can use up a signature with a body that it was not made for. */
  private AuthResult once(HmacCheck check, AuthResult proved) {
    HmacConfig config = check.config();
    long last = check.date().orElse(check.now()) + config.clockSkew();
    SeenSignatures.Outcome outcome =
        seen.take(check.signature(), last, check.now(), config.replay().capacity());
    if (outcome == SeenSignatures.Outcome.FULL) {
      return new AuthResult.Rejected(FULL, "no room to remember one more signature");
    }
    return outcome == SeenSignatures.Outcome.SEEN ? invalid("signature used before") : proved;
  }

  private static AuthResult invalid(String reason) {
    return new AuthResult.Rejected(INVALID, reason);
  }

  private static byte[] sha256(ByteBuffer bytes) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(bytes);
      return sha.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
