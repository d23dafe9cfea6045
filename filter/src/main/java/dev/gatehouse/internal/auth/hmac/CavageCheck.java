package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.internal.http.HttpToken;
import dev.gatehouse.internal.http.StrictBase64;
import dev.gatehouse.spi.plugin.GateRequest;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a signature of draft-cavage-http-signatures-12.
 *
 * <p>A listed header must occur exactly once. The draft joins several values, which would leave
 * open which of them the application reads.
 *
 * @param now the present time, in seconds since 1970
 */
record CavageCheck(HmacConfig config, GateRequest request, SignatureHeader header, long now)
    implements HmacPresentation.Signed {

  /** The algorithm name that leaves the choice to the key. */
  private static final String BY_KEY = "hs2019";

  /** At most 15 digits, so that sums with the skew cannot overflow. */
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,15}");

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");

  @Override
  public String keyId() {
    return header.keyId().orElse("");
  }

  @Override
  public byte[] signature() {
    return StrictBase64.decode(header.signature().orElse(""));
  }

  @Override
  public long last() {
    return moments(names()).last(config.clockSkew());
  }

  @Override
  public @Nullable String problem(SigningKey secret) {
    byte[] signature = signature();
    String given = header.algorithm().orElse(BY_KEY);
    SignatureAlgorithm algorithm =
        given.equals(BY_KEY)
            ? SignatureAlgorithm.ofLength(signature.length, config.algorithms())
            : SignatureAlgorithm.named(given, config.algorithms());
    if (algorithm == null) {
      return "Invalid algorithm";
    }
    List<String> names = names();
    if (!isTime(header.created(), WHOLE) || !isTime(header.expires(), DECIMAL)) {
      return "created or expires is no time";
    }
    String problem = moments(names).problem(now, config.clockSkew());
    if (problem == null) {
      problem = config.unsigned(names);
    }
    StringBuilder text = new StringBuilder(128);
    if (problem == null) {
      problem = append(text, names, given.equals(BY_KEY));
    }
    if (problem == null && !SigningKey.isBytes(text)) {
      problem = "a signed header is not made of bytes";
    }
    if (problem != null) {
      return problem;
    }
    byte[] right = secret.sign(algorithm, text.toString());
    return MessageDigest.isEqual(right, signature) ? null : "Invalid signature";
  }

  /** Returns the signed names in lower case; {@code (created)} if the client sends no list. */
  private List<String> names() {
    return header.listed()
        ? header.headers().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList()
        : List.of(CavageFormat.CREATED);
  }

  private SignatureTimes moments(List<String> names) {
    List<String> dates = names.contains("date") ? request.headers("Date") : List.of();
    return new SignatureTimes(
        seconds(header.created()),
        names.contains(CavageFormat.CREATED),
        seconds(header.expires()),
        dates.size() == 1 ? HttpDate.preferred(dates.get(0)) : OptionalLong.empty());
  }

  /** Appends the signing string. Returns the problem, or null. */
  private @Nullable String append(StringBuilder text, List<String> names, boolean byKey) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      String value = seen.add(name) ? value(name, byKey) : null;
      if (value == null) {
        return "a listed name is repeated, absent, or not for this algorithm";
      }
      text.append(text.isEmpty() ? "" : "\n").append(name).append(": ").append(value);
    }
    return names.isEmpty() ? "the list of what is signed is empty" : null;
  }

  private @Nullable String value(String name, boolean byKey) {
    return switch (name) {
      case CavageFormat.TARGET -> isUpperCase(request.method()) ? target() : null;
      case CavageFormat.CREATED -> byKey ? header.created().orElse(null) : null;
      case CavageFormat.EXPIRES -> byKey ? header.expires().orElse(null) : null;
      default -> {
        List<String> values = HttpToken.isToken(name) ? request.headers(name) : List.<String>of();
        yield values.size() == 1 ? values.get(0) : null;
      }
    };
  }

  /** The draft signs methods in lower case, so only methods in upper case are unambiguous. */
  private static boolean isUpperCase(String method) {
    return method.equals(method.toUpperCase(Locale.ROOT));
  }

  private String target() {
    String query = request.rawQuery();
    String target = query == null ? request.rawPath() : request.rawPath() + '?' + query;
    return request.method().toLowerCase(Locale.ROOT) + ' ' + target;
  }

  private static boolean isTime(Optional<String> text, Pattern form) {
    return text.isEmpty() || form.matcher(text.get()).matches();
  }

  /** Returns the whole seconds of a time. */
  private static OptionalLong seconds(Optional<String> time) {
    if (time.isEmpty() || !isTime(time, DECIMAL)) {
      return OptionalLong.empty();
    }
    int point = time.get().indexOf('.');
    return OptionalLong.of(Long.parseLong(point < 0 ? time.get() : time.get().substring(0, point)));
  }
}
