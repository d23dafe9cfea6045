package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.internal.http.StrictBase64;
import dev.gatehouse.spi.plugin.GateRequest;
import java.security.MessageDigest;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a signature up to the body, in the order of APISIX.
 *
 * @param now the present time, in seconds since 1970
 */
record HmacCheck(HmacConfig config, GateRequest request, SignatureHeader header, long now)
    implements HmacPresentation.Signed {

  @Override
  public String keyId() {
    return header.keyId().orElse("");
  }

  @Override
  public @Nullable String problem(SigningKey secret) {
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.named(header.algorithm().orElse(""), config.algorithms());
    if (algorithm == null) {
      return "Invalid algorithm";
    }
    String problem = dateProblem();
    if (problem == null) {
      problem = config.unsigned(header.headers());
    }
    return problem == null ? signatureProblem(algorithm, secret) : problem;
  }

  @Override
  public long last() {
    return date().orElse(now) + config.clockSkew();
  }

  /** Returns the date in seconds since 1970, or empty if it is absent, repeated or malformed. */
  private OptionalLong date() {
    List<String> dates = request.headers("Date");
    if (dates.size() != 1) {
      return OptionalLong.empty();
    }
    return config.profile().hmacTakesOldDates()
        ? HttpDate.any(dates.get(0))
        : HttpDate.preferred(dates.get(0));
  }

  @Override
  public byte[] signature() {
    return StrictBase64.decode(header.signature().orElse(""));
  }

  private @Nullable String dateProblem() {
    if (request.header("Date") == null) {
      return "Date header missing. failed to validate clock skew";
    }
    OptionalLong date = date();
    if (date.isEmpty()) {
      return "Invalid GMT format time";
    }
    return Math.abs(now - date.getAsLong()) > config.clockSkew() ? "Clock skew exceeded" : null;
  }

  private @Nullable String signatureProblem(SignatureAlgorithm algorithm, SigningKey secret) {
    SigningString text =
        SigningString.of(
            header.keyId().orElse(""),
            header.headers(),
            new SigningString.Source(request, config.profile().hmacSkipsAbsentHeaders()));
    if (text.problem() != null) {
      return text.problem();
    }
    if (!SigningKey.isBytes(text.text())) {
      return "a signed header is not made of bytes";
    }
    byte[] right = secret.sign(algorithm, text.text());
    return MessageDigest.isEqual(right, signature()) ? null : "Invalid signature";
  }
}
