package dev.gatehouse.internal.auth.hmac;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private static final int CREATED = 3;
  private static final int EXPIRES = 4;

  /** Returns whether a header's value has this scheme. */
  static boolean hasScheme(String value) {
    return value.startsWith(SCHEME)
        && (value.length() == SCHEME.length() || isBlank(value.charAt(SCHEME.length())));
  }

  /** Parses a value of this scheme. Returns null if it is malformed. */
  static @Nullable SignatureHeader parse(String value) {
    Parameters parameters = new Parameters();
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
    return parameters.header();
  }

  /** The parameters that were read so far. */
  private static final class Parameters {
    private static final List<String> NAMES =
        List.of("keyId", "algorithm", "signature", "created", "expires", "headers");

    private final @Nullable String[] known = new @Nullable String[NAMES.size()];
    private @Nullable Set<String> others;

    /** Returns the index of the known name in a part of a text, or -1. */
    static int indexOf(String text, int from, int to) {
      for (int i = 0; i < NAMES.size(); i++) {
        if (NAMES.get(i).length() == to - from && text.startsWith(NAMES.get(i), from)) {
          return i;
        }
      }
      return -1;
    }

    /** Adds a parameter with a known name. Returns whether it is the first of its name. */
    boolean add(int name, String value) {
      boolean first = known[name] == null;
      known[name] = value;
      return first;
    }

    /** Adds the name of an unknown parameter. Returns whether it is the first of its name. */
    boolean addOther(String name) {
      others = others == null ? new HashSet<>() : others;
      return others.add(name);
    }

    SignatureHeader header() {
      String headers = known[5];
      return new SignatureHeader(
          given(known[0]),
          given(known[1]),
          given(known[2]),
          given(known[CREATED]),
          given(known[EXPIRES]),
          headers != null,
          headers == null || headers.isEmpty() ? List.of() : split(headers));
    }

    /** An empty value counts as absent. */
    private static Optional<String> given(@Nullable String value) {
      return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
  }

  private static List<String> split(String headers) {
    List<String> names = new ArrayList<>();
    int from = 0;
    for (int blank = headers.indexOf(' '); blank >= 0; blank = headers.indexOf(' ', from)) {
      names.add(headers.substring(from, blank));
      from = blank + 1;
    }
    names.add(headers.substring(from));
    return names;
  }

  /** Parses one parameter. Returns the index after it, or -1. */
  private static int parameter(String value, int start, Parameters parameters) {
    int equals = endOfToken(value, start);
    if (equals == start || equals + 1 >= value.length() || value.charAt(equals) != '=') {
      return -1;
    }
    int name = Parameters.indexOf(value, start, equals);
    boolean quoted = value.charAt(equals + 1) == '"';
    int from = quoted ? equals + 2 : equals + 1;
    int end = quoted ? value.indexOf('"', from) : endOfToken(value, from);
    if (end < 0 || (!quoted && (end == from || isQuoted(name)))) {
      return -1;
    }
    boolean first =
        name < 0
            ? parameters.addOther(value.substring(start, equals))
            : parameters.add(name, value.substring(from, end));
    if (!first) {
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

  /** Returns whether a parameter needs quotes: each known one but {@code created, expires}. */
  private static boolean isQuoted(int name) {
    return name >= 0 && name != CREATED && name != EXPIRES;
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
