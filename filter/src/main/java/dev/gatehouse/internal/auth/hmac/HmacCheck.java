package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.internal.http.StrictBase64;
import dev.gatehouse.spi.plugin.GateRequest;
import java.security.MessageDigest;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The checks of a signature up to the body, in the order of APISIX. */
final class HmacCheck implements HmacPresentation.Signed {
  private final HmacConfig config;
  private final GateRequest request;
  private final SignatureHeader header;
  private final byte[] signature;
  private final List<String> dates;
  private final OptionalLong date;
  private final long now;

  HmacCheck(HmacConfig config, GateRequest request, SignatureHeader header) {
    this.config = config;
    this.request = request;
    this.header = header;
    this.signature = StrictBase64.decode(header.signature().orElse(""));
    this.dates = request.headers("Date");
    this.date = dates.size() == 1 ? date(config, dates.get(0)) : OptionalLong.empty();
    this.now = config.second();
  }

  /** Returns the date in seconds since 1970, or empty if it is malformed. */
  private static OptionalLong date(HmacConfig config, String date) {
    return config.profile().hmacTakesOldDates() ? HttpDate.any(date) : HttpDate.preferred(date);
  }

  @Override
  public String keyId() {
    return header.keyId().orElse("");
  }

  @Override
  public byte[] signature() {
    return signature;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public long last() {
    return date.orElse(now) + config.clockSkew();
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

  private @Nullable String dateProblem() {
    if (dates.isEmpty()) {
      return "Date header missing. failed to validate clock skew";
    }
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
    return MessageDigest.isEqual(right, signature) ? null : "Invalid signature";
  }
}
