package dev.gatehouse.internal.auth.jwt;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The purpose of a token. Only bearer access tokens are accepted. */
final class TokenKind {
  /** The header {@code typ} of access tokens of identity providers, without its media type. */
  private static final Set<String> ACCESS = Set.of("jwt", "at+jwt");

  private static final Set<String> OTHERS =
      Set.of("id+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt", "token-introspection+jwt");

  /** Claims of ID tokens and of logout tokens (OpenID Connect). */
  private static final List<String> FOREIGN = List.of("at_hash", "c_hash", "events");

  private static final String MEDIA_TYPE = "application/";
  private static final String BEARER = "Bearer";

  private TokenKind() {}

  /** Returns why a token is not an access token, for the log, or null. */
  static @Nullable String problem(JwtToken token, JwtCredential credential) {
    boolean issued = credential.set().isPresent();
    Map<String, @Nullable Object> claims = token.claims();
    if (issued && credential.audience().isEmpty()) {
      return "the credential has a key set without an audience";
    }
    if (!isAccess(token.header(), issued)) {
      return "the header's typ is that of another kind of token";
    }
    if (FOREIGN.stream().anyMatch(claims::containsKey)) {
      return "the token is an ID or logout token";
    }
    if (claims.containsKey("cnf")) {
      return "the token is bound to a certificate or key that is not checked";
    }
    boolean bearer = BEARER.equals(claims.get("typ"));
    boolean other = claims.get("typ") instanceof String && !bearer;
    return issued && !bearer && (other || claims.containsKey("nonce"))
        ? "the token is of another kind"
        : null;
  }

  private static boolean isAccess(Map<String, @Nullable Object> header, boolean issued) {
    if (!header.containsKey("typ")) {
      return true;
    }
    if (!(header.get("typ") instanceof String text)) {
      return !issued;
    }
    String type = text.toLowerCase(Locale.ROOT);
    String name = type.startsWith(MEDIA_TYPE) ? type.substring(MEDIA_TYPE.length()) : type;
    return issued ? ACCESS.contains(name) : !OTHERS.contains(name);
  }
}
