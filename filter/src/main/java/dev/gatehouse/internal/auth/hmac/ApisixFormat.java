package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.Profile;
import dev.gatehouse.internal.http.HttpToken;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.GateRequest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The signature format of APISIX. */
record ApisixFormat() implements SignatureFormat {
  @Override
  public HmacPresentation read(HmacConfig config, GateRequest request) {
    return HmacPresentation.inAuthorization(
        request,
        header ->
            header.algorithm().isEmpty()
                ? HmacPresentation.invalid("algorithm missing")
                : new HmacCheck(config, request, header));
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
    return profile.hmacSignedHeaders();
  }

  @Override
  public List<String> mustSign(Profile profile, boolean body, boolean once) {
    boolean date = once || profile.hmacAlwaysSignsDate();
    boolean digest = body && profile.hmacSignsDigest();
    return Stream.of(date ? "date" : "", digest ? "digest" : "")
        .filter(name -> !name.isEmpty())
        .toList();
  }

  @Override
  public boolean isName(String name) {
    return name.equals(SigningString.TARGET) || HttpToken.isToken(name);
  }

  @Override
  public @Nullable BodyDigest digest(GateRequest request) {
    return BodyDigest.ofDigest(request, false);
  }

  @Override
  public String toString() {
    return "apisix";
  }
}
