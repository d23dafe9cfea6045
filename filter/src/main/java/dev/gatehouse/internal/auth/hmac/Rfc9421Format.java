package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.Profile;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.GateRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The format of RFC 9421 (HTTP Message Signatures) with hmac-sha256.
 *
 * <p>A request must have exactly one signature, so that it is clear which one was verified.
 */
record Rfc9421Format() implements SignatureFormat {
  private static final String INPUT = "Signature-Input";
  private static final String SIGNATURE = "Signature";
  private static final List<String> ALGORITHMS = List.of("hmac-sha256");

  @Override
  public HmacPresentation read(HmacConfig config, GateRequest request) {
    List<String> inputs = request.headers(INPUT);
    List<String> signatures = request.headers(SIGNATURE);
    if (inputs.isEmpty() && signatures.isEmpty()) {
      return HmacPresentation.nothing(INPUT);
    }
    Map<String, StructuredField.Member> input =
        StructuredField.dictionary(String.join(", ", inputs));
    Map<String, StructuredField.Member> signature =
        StructuredField.dictionary(String.join(", ", signatures));
    if (input == null || signature == null) {
      return HmacPresentation.invalid("Signature-Input or Signature is malformed");
    }
    if (input.size() != 1 || !input.keySet().equals(signature.keySet())) {
      return HmacPresentation.invalid("not exactly one signature with its input");
    }
    StructuredField.Member covered = input.values().iterator().next();
    String base64 = signature.values().iterator().next().bytes();
    SignatureInput parts = SignatureInput.of(covered);
    if (base64 == null || parts == null) {
      return HmacPresentation.invalid("Signature-Input or Signature is of another kind");
    }
    return parts.keyId().isEmpty()
        ? HmacPresentation.invalid("keyid missing")
        : new Rfc9421Check(config, request, parts, base64);
  }

  @Override
  public List<CredentialLocation> places() {
    return List.of(CredentialLocation.header(SIGNATURE), CredentialLocation.header(INPUT));
  }

  @Override
  public List<String> algorithms() {
    return ALGORITHMS;
  }

  @Override
  public List<String> algorithms(Profile profile) {
    return ALGORITHMS;
  }

  @Override
  public List<String> signedHeaders(Profile profile) {
    return List.of(Rfc9421Component.TARGET, Rfc9421Component.METHOD);
  }

  /** A signed time is required of every signature, see {@link SignatureTimes}. */
  @Override
  public List<String> mustSign(Profile profile, boolean body, boolean once) {
    return body ? List.of("content-digest") : List.of();
  }

  @Override
  public boolean isName(String name) {
    return Rfc9421Component.isName(name);
  }

  @Override
  public @Nullable BodyDigest digest(GateRequest request) {
    return BodyDigest.ofContentDigest(request);
  }

  @Override
  public String toString() {
    return "rfc9421";
  }
}
