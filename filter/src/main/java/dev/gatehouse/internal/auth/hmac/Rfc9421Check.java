package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.internal.auth.hmac.StructuredField.Item;
import dev.gatehouse.internal.http.StrictBase64;
import dev.gatehouse.spi.plugin.GateRequest;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a signature of RFC 9421 (section 3.2).
 *
 * @param now the present time, in seconds since 1970
 */
record Rfc9421Check(
    HmacConfig config, GateRequest request, SignatureInput input, String base64, long now)
    implements HmacPresentation.Signed {

  Rfc9421Check(HmacConfig config, GateRequest request, SignatureInput input, String base64) {
    this(config, request, input, base64, config.second());
  }

  @Override
  public String keyId() {
    return input.keyId();
  }

  @Override
  public byte[] signature() {
    return StrictBase64.decode(base64);
  }

  @Override
  public long last() {
    return moments().last(config.clockSkew());
  }

  @Override
  public @Nullable String problem(SigningKey secret) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.named(input.algorithm(), config.algorithms());
    if (algorithm == null) {
      return "Invalid algorithm";
    }
    String problem = moments().problem(now, config.clockSkew());
    if (problem == null) {
      problem = config.unsigned(covered());
    }
    StringBuilder base = new StringBuilder(256);
    if (problem == null) {
      problem = append(base);
    }
    if (problem == null && !SigningKey.isBytes(base)) {
      problem = "a signed component is not made of bytes";
    }
    if (problem != null) {
      return problem;
    }
    byte[] right = secret.sign(algorithm, base.toString());
    return MessageDigest.isEqual(right, signature()) ? null : "Invalid signature";
  }

  private SignatureTimes moments() {
    List<String> dates = signs("date") ? request.headers("Date") : List.of();
    return new SignatureTimes(
        input.created(),
        true,
        input.expires(),
        dates.size() == 1 ? HttpDate.preferred(dates.get(0)) : OptionalLong.empty());
  }

  /** Returns whether a component is signed as a whole, without parameters. */
  private boolean signs(String name) {
    return input.components().stream()
        .anyMatch(item -> item.value().text().equals(name) && item.parameters().isEmpty());
  }

  /**
   * Returns the names of components that are signed as a whole. The target counts in each form that
   * covers all of it.
   */
  private List<String> covered() {
    List<String> names = new ArrayList<>();
    for (Item item : input.components()) {
      if (item.parameters().isEmpty()) {
        names.add(item.value().text());
      }
    }
    boolean query = names.contains("@query") || request.rawQuery() == null;
    if (names.contains("@target-uri") || (names.contains("@path") && query)) {
      names.add(Rfc9421Component.TARGET);
    }
    return names;
  }

  /** Appends the signature base (section 2.5). Returns the problem, or null. */
  private @Nullable String append(StringBuilder base) {
    for (Item item : input.components()) {
      String value = Rfc9421Component.value(item, request);
      if (value == null) {
        return "a component is unknown, absent or repeated";
      }
      base.append(item.written()).append(": ").append(value).append('\n');
    }
    base.append("\"@signature-params\": ").append(input.written());
    return null;
  }
}
