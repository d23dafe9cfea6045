package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.Profile;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The format of RFC 9421 (HTTP Message Signatures) with hmac-sha256.
 *
 * <p>A request has exactly one signature, so that there is no doubt which one was verified.
 */
record MessageFormat() implements SignatureFormat {
  private static final String INPUT = "Signature-Input";
  private static final String SIGNATURE = "Signature";
  private static final List<String> ALGORITHMS = List.of("hmac-sha256");

  @Override
  public Presented read(HmacConfig config, GateRequest request) {
    List<String> inputs = request.headers(INPUT);
    List<String> signatures = request.headers(SIGNATURE);
    if (inputs.isEmpty() && signatures.isEmpty()) {
      return Presented.nothing(INPUT);
    }
    Map<String, StructuredField.Member> input =
        StructuredField.dictionary(String.join(", ", inputs));
    Map<String, StructuredField.Member> signature =
        StructuredField.dictionary(String.join(", ", signatures));
    if (input == null || signature == null) {
      return Presented.invalid("Signature-Input or Signature is malformed");
    }
    if (input.size() != 1 || !input.keySet().equals(signature.keySet())) {
      return Presented.invalid("not exactly one signature with its input");
    }
    StructuredField.Member covered = input.values().iterator().next();
    String base64 = signature.values().iterator().next().bytes();
    SignatureInput parts = SignatureInput.of(covered);
    if (base64 == null || parts == null) {
      return Presented.invalid("Signature-Input or Signature is of another kind");
    }
    return parts.keyId().isEmpty()
        ? Presented.invalid("keyid missing")
        : new MessageCheck(config, request, parts, base64);
  }

  @Override
  public List<Place> places() {
    return List.of(Place.header(SIGNATURE), Place.header(INPUT));
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
    return List.of(MessageComponent.TARGET, MessageComponent.METHOD);
  }

  /** That a moment is signed is asked of every signature, see {@link Moments}. */
  @Override
  public List<String> mustSign(Profile profile, boolean body, boolean once) {
    return body ? List.of("content-digest") : List.of();
  }

  @Override
  public boolean isName(String name) {
    return MessageComponent.isName(name);
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
