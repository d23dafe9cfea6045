package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.Header;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a request has come: who calls, what is hidden, and which Routes are settled.
 *
 * <p>It travels with the request over its dispatches and through several gates, so that a caller is
 * identified once and an interceptor counts once per request and Route. Immutable and safe for use
 * by several threads.
 *
 * @param consumer the identified Consumer, or null when there is none
 * @param credential the proved Credential, or null for an anonymous Consumer
 * @param hidden the places that the application must not see
 * @param attached request headers that are seen instead of the client's, by names that are compared
 *     by {@link Header#BY_NAME}; an empty one is not seen at all
 * @param settled the Routes that have admitted the request
 */
public record Passage(
    @Nullable Consumer consumer,
    @Nullable Credential credential,
    List<CredentialLocation> hidden,
    Map<String, Optional<String>> attached,
    List<Settled> settled) {

  /** A request that no gate has seen. */
  public static final Passage NONE = new Passage(null, null, List.of(), Map.of(), List.of());

  /**
   * A Route of a gate. It equals only itself, because names can occur twice: in two filters, in two
   * applications, before and after a reload.
   */
  public static final class Settled {
    Settled() {}
  }

  /** Copies the lists. */
  public Passage {
    hidden = List.copyOf(hidden);
    attached = attached.isEmpty() ? Map.of() : Collections.unmodifiableMap(byName(attached));
    settled = List.copyOf(settled);
  }

  /** Returns whether a request header is ours alone. What a client sends under it is not seen. */
  public boolean ownsHeader(String name) {
    return IdentityHeaders.isOne(name) || attached.containsKey(name);
  }

  /** Returns the value of a header that is ours alone, or null if it has none. */
  public @Nullable String ownHeader(String name) {
    return IdentityHeaders.isOne(name)
        ? IdentityHeaders.value(this, name)
        : attached.getOrDefault(name, Optional.empty()).orElse(null);
  }

  /** Returns the names of the headers that are ours alone and have a value, in lower case. */
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

  /** This passage of another caller. */
  Passage of(@Nullable Caller caller) {
    return new Passage(
        caller == null ? null : caller.consumer(),
        caller == null ? null : caller.credential(),
        hidden,
        attached,
        settled);
  }

  /** This passage with more attached headers. */
  Passage attaching(Map<String, Optional<String>> more) {
    return more.isEmpty()
        ? this
        : new Passage(consumer, credential, hidden, joined(attached, more), settled);
  }

  /** This passage after one more Route has admitted it. */
  Passage after(BoundRoute route) {
    return new Passage(
        consumer,
        credential,
        joined(hidden, route.hidden()),
        attached,
        joined(settled, route.settledAlone()));
  }

  private static Map<String, Optional<String>> joined(
      Map<String, Optional<String>> first, Map<String, Optional<String>> second) {
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
