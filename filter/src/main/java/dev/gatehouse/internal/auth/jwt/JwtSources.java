package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.GateRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the tokens of a request (reference section 2.4, security J13). */
final class JwtSources {
  private static final int PREFIX = "Bearer ".length();

  private JwtSources() {}

  /**
   * Every token of a place that holds several, else the different ones of all places: whoever finds
   * more than one cannot know which of them the application believes.
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

  /** Two spellings of the prefix are cut, as in the reference; any other makes a bad token. */
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
