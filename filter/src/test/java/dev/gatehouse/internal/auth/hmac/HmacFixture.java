package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.Profile;
import dev.gatehouse.Secret;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TestServices;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.StoredCredential;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client that signs with the key of the APISIX test vectors, with a clock that is set to their
 * date.
 */
public final class HmacFixture {
  public static final String DATE = "Fri, 06 Sep 2024 06:41:29 GMT";
  public static final long SECOND = 1725604889L;
  public static final String SECRET = "john-secret-key";
  static final StoredCredential JOHN =
      new StoredCredential(
          Entries.keyAuth("primary", "x").credential(),
          Entries.consumer("john"),
          PluginSettings.of(Map.of("secret_key", Secret.of(SECRET))));

  final TestClock clock = new TestClock(SECOND * 1000);
  final HmacAuth plugin = new HmacAuth();
  final CredentialLookup lookup = (name, value) -> value.equals("john-key") ? JOHN : null;
  private final Profile profile;

  public HmacFixture(Profile profile) {
    this.profile = profile;
  }

  PluginServices parts() {
    return TestServices.of(profile, clock);
  }

  Configured<HmacConfig> configured(Map<String, Object> settings) {
    return Configured.of(settings, reader -> plugin.configure(reader, parts()));
  }

  AuthResult ask(Map<String, Object> settings, FakeRequest request) {
    return plugin.authenticate(configured(settings).valid(), request, lookup);
  }

  /** Returns the text of a refusal as {@code status message (reason)}, or the caller's name. */
  public String answer(Map<String, Object> settings, FakeRequest request) {
    return answer(ask(settings, request));
  }

  static String answer(AuthResult result) {
    if (result instanceof AuthResult.Authenticated proved) {
      return proved.caller().consumer().username();
    }
    return result instanceof AuthResult.Rejected rejected
        ? rejected.reply().status()
            + " "
            + rejected.reply().message()
            + " ("
            + rejected.reason()
            + ")"
        : "nothing: " + ((AuthResult.NoCredential) result).reply().message();
  }

  /** Returns an Authorization header over a signing string that the test has written out itself. */
  public static String authorization(String algorithm, String headers, String signed) {
    return "Signature keyId=\"john-key\",algorithm=\""
        + algorithm
        + "\",headers=\""
        + headers
        + "\",signature=\""
        + sign(algorithm, SECRET, signed)
        + "\"";
  }

  public static String sign(String algorithm, String secret, String signed) {
    String jdk = algorithm.replace("-", "");
    try {
      Mac mac = Mac.getInstance(jdk);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), jdk));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a GET of {@code /get} with date and a right signature of target and date. */
  static FakeRequest signedGet() {
    return FakeRequest.get("/get")
        .header("Date", DATE)
        .header(
            "Authorization",
            authorization(
                "hmac-sha256", "@request-target date", "john-key\nGET /get\ndate: " + DATE + "\n"));
  }
}
