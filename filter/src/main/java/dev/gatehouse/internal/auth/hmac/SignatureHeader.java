package dev.gatehouse.internal.auth.hmac;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an {@code Authorization: Signature ...} header, parsed strictly in one pass.
 *
 * <p>The grammar is a list of {@code name="value"}, separated by commas with optional blanks. A
 * value may contain any character except a quote; there are no escapes. Unknown parameters are
 * ignored and need no quotes. No parameter may occur twice.
 *
 * @param keyId the id of the key
 * @param algorithm the algorithm
 * @param signature the signature in base64
 * @param created the creation time as sent; draft-cavage only
 * @param expires the expiry time as sent; draft-cavage only
 * @param listed whether there is a list of signed names, possibly empty
 * @param headers the signed names, split at single blanks; may be empty
 */
record SignatureHeader(
    Optional<String> keyId,
    Optional<String> algorithm,
    Optional<String> signature,
    Optional<String> created,
    Optional<String> expires,
    boolean listed,
    List<String> headers) {

  /** The name of the scheme; case-sensitive, as in APISIX. */
  static final String SCHEME = "Signature";

  /** Returns whether a header's value has this scheme. */
  static boolean hasScheme(String value) {
    return value.startsWith(SCHEME)
        && (value.length() == SCHEME.length() || isBlank(value.charAt(SCHEME.length())));
  }

  /** Parses a value of this scheme. Returns null if it is malformed. */
  static @Nullable SignatureHeader parse(String value) {
    Map<String, String> parameters = new HashMap<>();
    int at = SCHEME.length();
    while (at < value.length()) {
      at = skipBlanks(value, at);
      if (at < value.length() && value.charAt(at) != ',') {
        at = parameter(value, at, parameters);
        at = at < 0 ? at : skipBlanks(value, at);
      }
      if (at < 0 || (at < value.length() && value.charAt(at) != ',')) {
        return null;
      }
      at++;
    }
    return of(parameters);
  }

  private static SignatureHeader of(Map<String, String> parameters) {
    String headers = parameters.getOrDefault("headers", "");
    return new SignatureHeader(
        given(parameters, "keyId"),
        given(parameters, "algorithm"),
        given(parameters, "signature"),
        given(parameters, "created"),
        given(parameters, "expires"),
        parameters.containsKey("headers"),
        headers.isEmpty() ? List.of() : split(headers));
  }

  /** An empty value counts as absent. */
  private static Optional<String> given(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  private static List<String> split(String headers) {
    return List.of(headers.split(" ", -1));
  }

  /** Parses one parameter. Returns the index after it, or -1. */
  private static int parameter(String value, int start, Map<String, String> parameters) {
    int equals = start;
    while (equals < value.length() && isNameCharacter(value.charAt(equals))) {
      equals++;
    }
    if (equals == start || equals + 1 >= value.length() || value.charAt(equals) != '=') {
      return -1;
    }
    String name = value.substring(start, equals);
    boolean quoted = value.charAt(equals + 1) == '"';
    int from = quoted ? equals + 2 : equals + 1;
    int end = quoted ? value.indexOf('"', from) : endOfToken(value, from);
    boolean bare = !quoted && (end == from || isKnown(name));
    if (end < 0 || bare || parameters.put(name, value.substring(from, end)) != null) {
      return -1;
    }
    return quoted ? end + 1 : end;
  }

  private static int endOfToken(String value, int from) {
    int end = from;
    while (end < value.length() && isNameCharacter(value.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isKnown(String name) {
    return name.equals("keyId")
        || name.equals("algorithm")
        || name.equals("signature")
        || name.equals("headers");
  }

  private static int skipBlanks(String value, int from) {
    int at = from;
    while (at < value.length() && isBlank(value.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }
}
