package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.internal.auth.hmac.StructuredField.Bare;
import dev.gatehouse.internal.auth.hmac.StructuredField.Item;
import dev.gatehouse.internal.auth.hmac.StructuredField.Kind;
import dev.gatehouse.internal.http.HttpToken;
import dev.gatehouse.internal.http.PercentDecoder;
import dev.gatehouse.spi.plugin.GateRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The components of a request that can be signed (RFC 9421 sections 2.1 and 2.2).
 *
 * <p>A field must occur exactly once. The RFC joins several values, which would leave open which of
 * them the application reads. The parameters of fields ({@code sf}, {@code key}, {@code bs}, {@code
 * tr}, {@code req}) are not supported.
 */
final class Rfc9421Component {
  static final String METHOD = "@method";
  static final String TARGET = "@request-target";
  private static final String PARAMETER = "@query-param";
  private static final Set<String> DERIVED =
      Set.of(METHOD, TARGET, "@target-uri", "@authority", "@scheme", "@path", "@query");

  /** Replaces malformed UTF-8 during decoding, so several values could have the same encoding. */
  private static final char REPLACEMENT = '\uFFFD';

  private Rfc9421Component() {}

  /** Returns whether the component of a name can be signed as a whole. */
  static boolean isName(String name) {
    return DERIVED.contains(name)
        || (HttpToken.isToken(name) && name.equals(name.toLowerCase(Locale.ROOT)));
  }

  /** Returns the value of a component, or null if it is absent or ambiguous. */
  static @Nullable String value(Item component, GateRequest request) {
    String name = component.value().text();
    if (name.equals(PARAMETER)) {
      return parameter(component.parameters(), request);
    }
    if (!component.parameters().isEmpty() || !isName(name)) {
      return null;
    }
    if (DERIVED.contains(name)) {
      return derived(name, request);
    }
    List<String> values = request.headers(name);
    return values.size() == 1 ? values.get(0).strip() : null;
  }

  private static @Nullable String derived(String name, GateRequest request) {
    String query = request.rawQuery();
    String path = request.rawPath().isEmpty() ? "/" : request.rawPath();
    String target = query == null ? path : path + '?' + query;
    return switch (name) {
      case METHOD -> request.method();
      case TARGET -> target;
      case "@path" -> path;
      case "@query" -> query == null ? "?" : '?' + query;
      case "@scheme" -> request.scheme();
      case "@authority" -> authority(request);
      default -> {
        String authority = authority(request);
        yield authority == null ? null : request.scheme() + "://" + authority + target;
      }
    };
  }

  /** With two Host headers it is open which of them the application reads. */
  private static @Nullable String authority(GateRequest request) {
    return request.headers("Host").size() == 1 ? request.authority() : null;
  }

  /** Returns a query parameter, which must occur exactly once (section 2.2.8). */
  private static @Nullable String parameter(Map<String, Bare> parameters, GateRequest request) {
    Bare name = parameters.get("name");
    if (name == null || name.kind() != Kind.STRING || parameters.size() != 1) {
      return null;
    }
    String decoded = PercentDecoder.utf8(name.text(), PercentDecoder.Plus.BLANK);
    if (decoded == null) {
      return null;
    }
    List<String> values = request.queryValues(decoded);
    boolean sound = values.size() == 1 && values.get(0).indexOf(REPLACEMENT) < 0;
    return sound && encoded(decoded).equals(name.text()) ? encoded(values.get(0)) : null;
  }

  /** Encodes as forms do, but a blank as {@code %20}. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
