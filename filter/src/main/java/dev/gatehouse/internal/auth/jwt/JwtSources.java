package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.GateRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the tokens of a request. */
final class JwtSources {
  private static final int PREFIX = "Bearer ".length();

  private JwtSources() {}

  /**
   * Returns all tokens of a location with several, otherwise the distinct tokens of all locations.
   * With more than one it is open which of them the application reads.
   */
  static List<String> presented(List<CredentialLocation> places, GateRequest request) {
    Set<String> different = new HashSet<>();
    for (CredentialLocation place : places) {
      List<String> values = values(place, request);
      if (values.size() > 1) {
        return values;
      }
      different.addAll(values);
    }
    return List.copyOf(different);
  }

  private static List<String> values(CredentialLocation place, GateRequest request) {
    return switch (place.kind()) {
      case HEADER -> unwrapped(request.headers(place.name()));
      case QUERY -> request.queryValues(place.name());
      case COOKIE -> request.cookies(place.name());
    };
  }

  /**
   * Removes the prefix in one of two spellings, as APISIX does. Any other spelling is a bad token.
   */
  private static List<String> unwrapped(List<String> headers) {
    List<String> tokens = new ArrayList<>(headers);
    tokens.replaceAll(
        text ->
            text.startsWith("Bearer ") || text.startsWith("bearer ")
                ? text.substring(PREFIX)
                : text);
    return tokens;
  }
}
