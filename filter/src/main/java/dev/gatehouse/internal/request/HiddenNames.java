package dev.gatehouse.internal.request;

import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.Header;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The names under which the application finds nothing.
 *
 * @param headers header names, compared by {@link Header#BY_NAME}
 * @param parameters names of query parameters
 * @param cookies names of cookies
 */
record HiddenNames(Set<String> headers, Set<String> parameters, Set<String> cookies) {
  private static final HiddenNames NOTHING = new HiddenNames(Set.of(), Set.of(), Set.of());

  static HiddenNames of(List<CredentialLocation> places) {
    if (places.isEmpty()) {
      return NOTHING;
    }
    Set<String> headers = new TreeSet<>(Header.BY_NAME);
    headers.addAll(names(places, CredentialLocation.Kind.HEADER));
    return new HiddenNames(
        headers,
        names(places, CredentialLocation.Kind.QUERY),
        names(places, CredentialLocation.Kind.COOKIE));
  }

  boolean hidesHeader(String name) {
    return !headers.isEmpty() && headers.contains(name);
  }

  private static Set<String> names(List<CredentialLocation> places, CredentialLocation.Kind kind) {
    return places.stream()
        .filter(place -> place.kind() == kind)
        .map(CredentialLocation::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
