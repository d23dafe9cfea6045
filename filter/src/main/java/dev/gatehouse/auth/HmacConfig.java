package dev.gatehouse.auth;

import dev.gatehouse.Profile;
import dev.gatehouse.SettingsReader;
import dev.gatehouse.spi.AuthConfig;
import dev.gatehouse.spi.AuthSettings;
import dev.gatehouse.spi.Body;
import dev.gatehouse.spi.Parts;
import dev.gatehouse.spi.Place;
import java.time.InstantSource;
import java.util.List;

/**
 * The settings of hmac-auth on a Route.
 *
 * @param algorithms the names of the algorithms that are accepted
 * @param clockSkew seconds that the date may be away from now, either way
 * @param signedHeaders names that must be in the client's list, compared with case
 * @param mustSign names that must be in the client's list, compared without case
 * @param body whether and how the body is validated
 * @param replay whether a signature is accepted only once
 * @param profile which defaults hold
 * @param clock tells what now is
 */
record HmacConfig(
    AuthSettings common,
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
  private static final List<Place> PLACES = List.of(Place.header("Authorization"));
  private static final int LONGEST_NAME = 50;

  /**
   * What is asked of the body.
   *
   * @param validated whether it must have the digest that the client names
   * @param most the largest size in bytes
   */
  record BodyRule(boolean validated, long most) {}

  /**
   * What is asked of repeated requests.
   *
   * @param once whether a signature is accepted only once
   * @param capacity how many signatures are remembered
   */
  record ReplayRule(boolean once, int capacity) {}

  /** Reads the settings and reports what is wrong with them. */
  static HmacConfig read(SettingsReader settings, Parts parts) {
    Profile profile = parts.profile();
    List<String> signed = settings.texts("signed_headers", profile.hmacSignedHeaders());
    signed.forEach(name -> checkName(settings, name));
    ReplayRule replay =
        new ReplayRule(
            settings.flag("replay_protection", false),
            (int) settings.integer("replay_capacity", 1, 10_000_000, 100_000));
    BodyRule body =
        new BodyRule(
            settings.flag("validate_request_body", false),
            settings.integer("max_req_body_size", 1, Body.MOST, 67_108_864));
    settings.choice("signature_format", List.of("apisix"), "apisix");
    HmacConfig config =
        new HmacConfig(
            AuthSettings.read(settings, "hmac"),
            algorithms(settings, profile),
            settings.integer("clock_skew", 1, Integer.MAX_VALUE, 300),
            signed,
            mustSign(profile, body.validated, replay.once),
            body,
            replay,
            profile,
            parts.clock());
    config.warnOfUnsignedDate(settings);
    return config;
  }

  private static List<String> algorithms(SettingsReader settings, Profile profile) {
    if (!settings.has("allowed_algorithms")) {
      return profile.hmacAlgorithms();
    }
    List<String> names = settings.texts("allowed_algorithms");
    if (!SignatureAlgorithm.names().containsAll(names)) {
      settings.mistake(
          "allowed_algorithms",
          "must be a list of " + String.join(", ", SignatureAlgorithm.names()));
    }
    return names;
  }

  private static List<String> mustSign(Profile profile, boolean body, boolean once) {
    boolean date = once || profile.hmacAlwaysSignsDate();
    boolean digest = body && profile.hmacSignsDigest();
    return List.of(date ? "date" : "", digest ? "digest" : "").stream()
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static void checkName(SettingsReader settings, String name) {
    boolean valid = name.equals(SigningString.TARGET) || HeaderName.isToken(name);
    if (!valid || name.length() > LONGEST_NAME) {
      settings.mistake(
          "signed_headers", "must be header names of 1 to 50 characters, or @request-target");
    }
  }

  /** A date that is not signed can be replaced, and then the skew bounds nothing (security M1). */
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
  public List<Place> places() {
    return PLACES;
  }

  @Override
  public String toString() {
    return "hmac-auth(allowed_algorithms="
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
