package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.GateRequest;
import java.util.List;

/** Collects the tokens of a request. */
final class JwtSources {
  private static final int PREFIX = "Bearer ".length();

  private JwtSources() {}

  /**
   * Returns all tokens of a location with several, otherwise the distinct tokens of all locations.
   * With more than one it is open which of them the application reads.
   */
  static List<String> presented(List<CredentialLocation> places, GateRequest request) {
    List<String> distinct = List.of();
    for (CredentialLocation place : places) {
      List<String> values = values(place, request);
      if (values.size() > 1) {
        return values;
      }
      if (distinct.isEmpty()) {
        distinct = values;
      } else if (!distinct.containsAll(values)) {
        distinct = List.of(distinct.get(0), values.get(0));
      }
    }
    return distinct;
  }

  private static List<String> values(CredentialLocation place, GateRequest request) {
    return switch (place.kind()) {
      case HEADER -> unwrapped(request.headers(place.name()));
      case QUERY -> request.queryValues(place.name());
      case COOKIE -> request.cookies(place.name());
    };
  }

  /** A request has at most one token, so the values of several headers remain as they are. */
  private static List<String> unwrapped(List<String> headers) {
    return headers.size() == 1 ? List.of(unwrapped(headers.get(0))) : headers;
  }

  /**
   * Removes the prefix in one of two spellings, as APISIX does. Any other spelling is a bad token.
   */
  private static String unwrapped(String text) {
    return text.startsWith("Bearer ") || text.startsWith("bearer ") ? text.substring(PREFIX) : text;
  }
}
