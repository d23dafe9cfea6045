package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.Profile;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.AuthSettings;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.RequestBody;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of hmac-auth on a Route.
 *
 * @param format the signature format
 * @param algorithms the names of the accepted algorithms
 * @param clockSkew the largest difference between the date and the present time, in seconds
 * @param signedHeaders names that the client must sign; case-sensitive
 * @param mustSign names that the client must sign; case-insensitive
 * @param body whether and how the body is validated
 * @param replay whether a signature is accepted only once
 * @param profile the profile, which selects defaults
 * @param clock the clock
 */
record HmacConfig(
    AuthSettings common,
    SignatureFormat format,
    List<String> algorithms,
    long clockSkew,
    List<String> signedHeaders,
    List<String> mustSign,
    BodyRule body,
    ReplayRule replay,
    Profile profile,
    InstantSource clock)
    implements AuthConfig {

  private static final System.Logger LOG = System.getLogger("dev.gatehouse.auth");
  private static final int MAX_NAME_LENGTH = 50;

  /** Larger numbers are not exact in a reader that uses doubles (RFC 7493). */
  private static final long MAX_CLOCK_SKEW = (1L << 53) - 1;

  /**
   * The validation of the body.
   *
   * @param validated whether the body must match the digest that the client sends
   * @param most the largest size in bytes
   */
  record BodyRule(boolean validated, long most) {}

  /**
   * The detection of replays.
   *
   * @param once whether a signature is accepted only once
   * @param capacity the maximum number of remembered signatures
   */
  record ReplayRule(boolean once, int capacity) {}

  /** Reads the settings and reports their problems. */
  static HmacConfig read(SettingsReader settings, PluginServices parts) {
    Profile profile = parts.profile();
    SignatureFormat format =
        SignatureFormat.named(settings.choice("signature_format", SignatureFormat.NAMES, "apisix"));
    List<String> signed = settings.texts("signed_headers", format.signedHeaders(profile));
    signed.forEach(name -> checkName(settings, format, name));
    ReplayRule replay =
        new ReplayRule(
            settings.flag("replay_protection", false),
            (int) settings.integer("replay_capacity", 1, 10_000_000, 100_000));
    BodyRule body =
        new BodyRule(
            settings.flag("validate_request_body", false),
            settings.integer("max_req_body_size", 1, RequestBody.MAX, 67_108_864));
    HmacConfig config =
        new HmacConfig(
            AuthSettings.read(settings, "hmac"),
            format,
            algorithms(settings, format, profile),
            settings.integer("clock_skew", 1, MAX_CLOCK_SKEW, 300),
            signed,
            format.mustSign(profile, body.validated, replay.once),
            body,
            replay,
            profile,
            parts.clock());
    if (format instanceof ApisixFormat) {
      config.warnOfUnsignedDate(settings);
    }
    return config;
  }

  private static List<String> algorithms(
      SettingsReader settings, SignatureFormat format, Profile profile) {
    if (!settings.has("allowed_algorithms")) {
      return format.algorithms(profile);
    }
    List<String> names = settings.texts("allowed_algorithms");
    if (!format.algorithms().containsAll(names)) {
      settings.report(
          "allowed_algorithms", "must be a list of " + String.join(", ", format.algorithms()));
    }
    return names;
  }

  private static void checkName(SettingsReader settings, SignatureFormat format, String name) {
    if (!format.isName(name) || name.length() > MAX_NAME_LENGTH) {
      String target = format.signedHeaders(Profile.STRICT).get(0);
      settings.report("signed_headers", "must be header names of 1 to 50 characters, or " + target);
    }
  }

  /** Returns the first required name that is not signed, or null. */
  @Nullable String unsigned(List<String> names) {
    for (String name : signedHeaders) {
      if (!names.contains(name)) {
        return missing(name);
      }
    }
    for (String name : mustSign) {
      if (!containsInAnyCase(names, name)) {
        return missing(name);
      }
    }
    return null;
  }

  private static boolean containsInAnyCase(List<String> names, String name) {
    for (String each : names) {
      if (name.equalsIgnoreCase(each)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the present time, in seconds since 1970. */
  long second() {
    return Math.floorDiv(clock.millis(), 1000);
  }

  private static String missing(String name) {
    return "expected header \"" + name + "\" missing in signing";
  }

  /** An unsigned date can be replaced, so that a captured signature could be used forever. */
  private void warnOfUnsignedDate(SettingsReader settings) {
    boolean signed =
        mustSign.contains("date") || signedHeaders.stream().anyMatch("date"::equalsIgnoreCase);
    if (!signed) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: date is not among them, so a captured signature can be used forever",
          settings.at("signed_headers"));
    }
  }

  @Override
  public List<String> challenges() {
    return List.of("hmac realm=\"" + common.realm() + '"');
  }

  @Override
  public List<CredentialLocation> places() {
    return format.places();
  }

  @Override
  public String toString() {
    return "hmac-auth(signature_format="
        + format
        + ", allowed_algorithms="
        + algorithms
        + ", clock_skew="
        + clockSkew
        + ", signed_headers="
        + signedHeaders
        + ", validate_request_body="
        + body.validated
        + ")";
  }
}
