package dev.gatehouse.internal.auth;

import dev.gatehouse.Secret;
import dev.gatehouse.internal.auth.password.ForeignHash;
import dev.gatehouse.internal.auth.password.HashThrottle;
import dev.gatehouse.internal.auth.password.PasswordHash;
import dev.gatehouse.internal.auth.password.Passwords;
import dev.gatehouse.internal.auth.password.VerifiedPasswords;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.AuthSettings;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoredCredential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code basic-auth}: a user and a password in the {@code Authorization} header.
 *
 * <p>Source: RFC 7617. Stricter than APISIX in every profile: the scheme must be followed by
 * exactly one space, and white space inside the value is refused.
 */
final class BasicAuth implements CredentialPlugin<BasicAuth.Config> {
  private static final Reply MISSING = Reply.message(401, "Missing authorization in request");
  private static final Reply MALFORMED = Reply.message(401, "Invalid authorization in request");
  private static final Reply WRONG = Reply.message(401, "Invalid user authorization");
  private static final Reply BUSY =
      Reply.message(503, "Service temporarily unavailable")
          .with(List.of(new Header("Retry-After", "1")));

  /** Waiting callers per hashing thread, and the longest wait. */
  private static final int WAITING_EACH = 16;

  private static final long WAIT_MILLIS = 1_000;
  private static final int MAX_VERIFIED = 10_000;

  private final Passwords passwords;

  /** Hashes on as many threads as there are processors. */
  BasicAuth() {
    SecureRandom random = new SecureRandom();
    int processors = Runtime.getRuntime().availableProcessors();
    this.passwords =
        new Passwords(
            new HashThrottle(processors, WAITING_EACH * processors, WAIT_MILLIS),
            new VerifiedPasswords(random, MAX_VERIFIED),
            Passwords.Hashing.usual(random));
  }

  /** Creates the plugin with other password checks, for tests. */
  BasicAuth(Passwords passwords) {
    this.passwords = passwords;
  }

  /**
   * The settings on a Route.
   *
   * @param ticker a monotonic clock
   */
  record Config(
      AuthSettings common,
      InstantSource ticker,
      List<String> challenges,
      List<CredentialLocation> places)
      implements AuthConfig {

    Config(AuthSettings common, InstantSource ticker) {
      this(
          common,
          ticker,
          List.of("Basic realm=\"" + common.realm() + "\", charset=\"UTF-8\""),
          List.of(CredentialLocation.header("Authorization")));
    }

    @Override
    public String toString() {
      return "basic-auth(realm=" + common.realm() + ")";
    }
  }

  @Override
  public String name() {
    return "basic-auth";
  }

  @Override
  public int priority() {
    return 2520;
  }

  @Override
  public String attribute() {
    return "username";
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    return new Config(AuthSettings.read(settings, "basic"), parts.ticker());
  }

  /**
   * Returns the settings to store. A hash is never read back, so every store may hold it as text.
   */
  @Override
  public EnrolledCredential readCredential(SettingsReader settings, PluginServices parts) {
    Secret username = settings.requiredSecret("username");
    if (username.reveal().indexOf(':') >= 0
        || username.reveal().length() > BasicHeader.MAX_USER
        || !isUnicode(username.reveal())) {
      settings.report(
          "username",
          "must have at most " + BasicHeader.MAX_USER + " characters, and no colon (RFC 7617)");
    }
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put(Passwords.STORED, stored(settings, Passwords.STORED));
    if (settings.has(Passwords.PREVIOUS)) {
      kept.put(Passwords.PREVIOUS, stored(settings, Passwords.PREVIOUS));
    }
    return new EnrolledCredential(username, PluginSettings.of(kept));
  }

  private String stored(SettingsReader settings, String name) {
    Secret password = settings.requiredSecret(name);
    String text = password.reveal();
    if (!password.isVerbatim() && PasswordHash.isHash(text)) {
      return checked(settings, name, text);
    }
    Optional<String> foreign = password.isVerbatim() ? Optional.empty() : ForeignHash.form(text);
    if (foreign.isPresent()) {
      settings.report(name, uncheckable(foreign.get()));
      return "";
    }
    byte[] bytes = password.utf8();
    if (bytes.length > BasicHeader.MAX_PASSWORD || !isUnicode(text) || hasControl(text)) {
      settings.report(
          name,
          "must have at most "
              + BasicHeader.MAX_PASSWORD
              + " bytes of UTF-8, and no control character such as a line break (RFC 7617)");
      return "";
    }
    return bytes.length == 0 ? "" : passwords.hashed(bytes);
  }

  private static String uncheckable(String form) {
    return "looks like a hash ("
        + form
        + ") that cannot be checked; known are "
        + PasswordHash.known()
        + "; use the password itself, with $text:// before it if it really is this text";
  }

  private static String checked(SettingsReader settings, String name, String hash) {
    String normalized = PasswordHash.normalized(hash);
    try {
      PasswordHash unused = PasswordHash.parse(normalized);
    } catch (IllegalArgumentException e) {
      settings.report(name, String.valueOf(e.getMessage()));
    }
    return normalized;
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Override
  public AuthResult authenticate(Config config, GateRequest request, CredentialLookup credentials) {
    List<String> values = request.headers("Authorization");
    if (values.isEmpty()) {
      return new AuthResult.NoCredential(MISSING);
    }
    if (values.size() > 1) {
      return new AuthResult.Rejected(MALFORMED, "more than one Authorization presented");
    }
    @Nullable BasicHeader presented = BasicHeader.parse(values.get(0));
    return presented == null
        ? new AuthResult.Rejected(MALFORMED, "not a user and a password by RFC 7617")
        : verify(config, presented, credentials);
  }

  private AuthResult verify(Config config, BasicHeader presented, CredentialLookup credentials) {
    @Nullable StoredCredential found = credentials.find(name(), presented.user());
    Passwords.Checked checked = passwords.check(found, presented.password(), config.ticker());
    if (checked.answer() == Passwords.Answer.BUSY) {
      return new AuthResult.Rejected(BUSY, "too many passwords to check");
    }
    return found == null || checked.answer() == Passwords.Answer.WRONG
        ? new AuthResult.Rejected(WRONG, found == null ? "unknown user" : "wrong password")
        : proved(found, checked);
  }

  private static AuthResult proved(StoredCredential found, Passwords.Checked checked) {
    AuthResult.Authenticated proved = new AuthResult.Authenticated(found);
    return checked.renewed().map(proved::renewing).orElse(proved);
  }
}
