package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.spi.plugin.Header;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The decisions about a request so far: its identity, the hidden names, and the Routes that have
 * admitted it.
 *
 * <p>It travels with the request over its dispatches and through several gates, so that a caller is
 * identified once and an interceptor counts once per request and Route. Immutable and safe for use
 * by several threads.
 *
 * @param identity the caller, or null if none was identified
 * @param hidden the names that are hidden from the application
 * @param attached request headers that replace those of the client, by names that are compared by
 *     {@link Header#BY_NAME}; an empty value hides the header
 * @param routes the Routes that have admitted the request
 */
public record Admission(
    @Nullable Identity identity,
    HiddenNames hidden,
    Map<String, Optional<String>> attached,
    List<RouteId> routes) {

  /** The admission of a new request. */
  public static final Admission NONE = new Admission(null, HiddenNames.NONE, Map.of(), List.of());

  /**
   * The identity of a Route. It equals only itself, because names can occur twice: in two filters,
   * in two applications, before and after a reload.
   */
  public static final class RouteId {
    RouteId() {}
  }

  /** Creates an admission. */
  public Admission {
    attached = attached.isEmpty() ? Map.of() : Collections.unmodifiableMap(byName(attached));
    routes = List.copyOf(routes);
  }

  /** Returns the admission of a caller, before any Route has admitted it. */
  public static Admission of(Identity identity) {
    return new Admission(identity, HiddenNames.NONE, Map.of(), List.of());
  }

  /** Returns the Consumer, or null if none was identified. */
  public @Nullable Consumer consumer() {
    return identity == null ? null : identity.consumer();
  }

  /** Returns the proved Credential, or null for an anonymous or unidentified caller. */
  public @Nullable Credential credential() {
    return identity == null ? null : identity.credential();
  }

  /** Returns whether a request header is reserved, so that the client's value is hidden. */
  public boolean ownsHeader(String name) {
    return IdentityHeaders.isOne(name) || attached.containsKey(name);
  }

  /** Returns the value of a reserved header, or null. */
  public @Nullable String ownHeader(String name) {
    return IdentityHeaders.isOne(name)
        ? IdentityHeaders.value(this, name)
        : attached.getOrDefault(name, Optional.empty()).orElse(null);
  }

  /** Returns the names of the reserved headers with a value, in lower case. */
  public List<String> ownHeaderNames() {
    List<String> names = new ArrayList<>();
    attached.forEach(
        (name, value) -> value.ifPresent(there -> names.add(name.toLowerCase(Locale.ROOT))));
    for (String name : IdentityHeaders.NAMES) {
      if (ownHeader(name) != null) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * Returns the admission for another application, such as after a forward to another context: with
   * the same hidden names and without a caller.
   */
  public Admission masked() {
    Map<String, Optional<String>> empty = byName(Map.of());
    attached.keySet().forEach(name -> empty.put(name, Optional.empty()));
    return new Admission(null, hidden, empty, List.of());
  }

  /** Returns this admission with another identity. */
  Admission of(@Nullable Identity other, Map<String, Optional<String>> more) {
    return more.isEmpty() && Objects.equals(identity, other)
        ? this
        : new Admission(other, hidden, joined(attached, more), routes);
  }

  /** Returns this admission with more attached headers. */
  Admission attaching(Map<String, Optional<String>> more) {
    return of(identity, more);
  }

  /** Returns this admission after a further Route has admitted the request. */
  Admission after(BoundRoute route, @Nullable Identity caller) {
    return new Admission(
        caller, hidden.and(route.hidden()), attached, joined(routes, route.idAlone()));
  }

  private static Map<String, Optional<String>> joined(
      Map<String, Optional<String>> first, Map<String, Optional<String>> second) {
    if (second.isEmpty()) {
      return first;
    }
    Map<String, Optional<String>> all = byName(first);
    all.putAll(second);
    return all;
  }

  private static Map<String, Optional<String>> byName(Map<String, Optional<String>> headers) {
    Map<String, Optional<String>> copy = new TreeMap<>(Header.BY_NAME);
    copy.putAll(headers);
    return copy;
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    if (first.isEmpty()) {
      return second;
    }
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
