package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.Header;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of headers, parameters and cookies that are hidden from the application.
 *
 * @param headers the names of headers, compared by {@link Header#BY_NAME}
 * @param parameters the names of query parameters
 * @param cookies the names of cookies
 */
public record HiddenNames(Set<String> headers, Set<String> parameters, Set<String> cookies) {
  /** Nothing is hidden. */
  public static final HiddenNames NONE = new HiddenNames(Set.of(), Set.of(), Set.of());

  static HiddenNames of(List<CredentialLocation> places) {
    return places.isEmpty()
        ? NONE
        : new HiddenNames(
            byName(names(places, CredentialLocation.Kind.HEADER)),
            names(places, CredentialLocation.Kind.QUERY),
            names(places, CredentialLocation.Kind.COOKIE));
  }

  /** Returns the union of two sets of names. */
  HiddenNames and(HiddenNames more) {
    if (more.isEmpty() || equals(more)) {
      return this;
    }
    if (isEmpty()) {
      return more;
    }
    return new HiddenNames(
        byName(both(headers, more.headers)),
        both(parameters, more.parameters),
        both(cookies, more.cookies));
  }

  /** Returns whether a header is hidden. */
  public boolean hidesHeader(String name) {
    return !headers.isEmpty() && headers.contains(name);
  }

  private boolean isEmpty() {
    return headers.isEmpty() && parameters.isEmpty() && cookies.isEmpty();
  }

  private static Set<String> byName(Set<String> names) {
    Set<String> sorted = new TreeSet<>(Header.BY_NAME);
    sorted.addAll(names);
    return sorted;
  }

  private static Set<String> both(Set<String> some, Set<String> more) {
    return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> names(List<CredentialLocation> places, CredentialLocation.Kind kind) {
    return places.stream()
        .filter(place -> place.kind() == kind)
        .map(CredentialLocation::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
