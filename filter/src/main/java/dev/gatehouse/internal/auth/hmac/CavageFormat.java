package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.Profile;
import dev.gatehouse.internal.http.HttpToken;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.GateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format of draft-cavage-http-signatures-12, in the {@code Authorization} header (its section
 * 3), with the HMAC algorithms.
 */
record CavageFormat() implements SignatureFormat {
  /** The name of the signed method and target. */
  static final String TARGET = "(request-target)";

  /** The name of the signed creation time. */
  static final String CREATED = "(created)";

  /** The name of the signed expiry time. */
  static final String EXPIRES = "(expires)";

  @Override
  public HmacPresentation read(HmacConfig config, GateRequest request) {
    return HmacPresentation.inAuthorization(
        request, header -> new CavageCheck(config, request, header, config.second()));
  }

  @Override
  public List<CredentialLocation> places() {
    return List.of(CredentialLocation.header("Authorization"));
  }

  @Override
  public List<String> algorithms() {
    return SignatureAlgorithm.names();
  }

  @Override
  public List<String> algorithms(Profile profile) {
    return profile.hmacAlgorithms();
  }

  @Override
  public List<String> signedHeaders(Profile profile) {
    return List.of(TARGET);
  }

  /** A signed time is required of every signature, see {@link SignatureTimes}. */
  @Override
  public List<String> mustSign(Profile profile, boolean body, boolean once) {
    return body ? List.of("digest") : List.of();
  }

  @Override
  public boolean isName(String name) {
    return name.equals(TARGET)
        || name.equals(CREATED)
        || name.equals(EXPIRES)
        || HttpToken.isToken(name);
  }

  @Override
  public @Nullable BodyDigest digest(GateRequest request) {
    return BodyDigest.ofDigest(request, true);
  }

  @Override
  public String toString() {
    return "cavage";
  }
}
