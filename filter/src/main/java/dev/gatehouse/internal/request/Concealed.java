package dev.gatehouse.internal.request;

import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.Place;
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
record Concealed(Set<String> headers, Set<String> parameters, Set<String> cookies) {
  private static final Concealed NOTHING = new Concealed(Set.of(), Set.of(), Set.of());

  static Concealed of(List<Place> places) {
    if (places.isEmpty()) {
      return NOTHING;
    }
    Set<String> headers = new TreeSet<>(Header.BY_NAME);
    headers.addAll(names(places, Place.Kind.HEADER));
    return new Concealed(
        headers, names(places, Place.Kind.QUERY), names(places, Place.Kind.COOKIE));
  }

  boolean hidesHeader(String name) {
    return !headers.isEmpty() && headers.contains(name);
  }

  private static Set<String> names(List<Place> places, Place.Kind kind) {
    return places.stream()
        .filter(place -> place.kind() == kind)
        .map(Place::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
