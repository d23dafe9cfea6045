package dev.gatehouse.internal.request;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.engine.Passage;
import dev.gatehouse.internal.http.RawCookies;
import dev.gatehouse.internal.http.RawQuery;
import dev.gatehouse.servlet.Consumers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The request that the application sees: the Consumer is its principal, identity headers are ours
 * alone, and concealed credentials are nowhere.
 *
 * <p>Headers are judged on every call and not copied, because trailers become headers after the
 * body was read.
 */
public final class ConsumerRequest extends HttpServletRequestWrapper {
  private final ServletResponse response;
  private final OwnPassage own;
  private View view = new View(Passage.NONE, HiddenNames.of(List.of()));

  ConsumerRequest(
      HttpServletRequest request, ServletResponse response, BiPredicate<Consumer, String> roles) {
    this(request, response, OwnPassage.of(request), roles);
  }

  private ConsumerRequest(
      HttpServletRequest request,
      ServletResponse response,
      OwnPassage own,
      BiPredicate<Consumer, String> roles) {
    super(new IdentifiedRequest(request, own, roles));
    this.response = response;
    this.own = own;
  }

  /** What a passage lets be seen; an endpoint behind the filter may take the request further. */
  private record View(Passage passage, HiddenNames concealed) {}

  /** Whether a request is, or is around, one of ours that belongs to the present application. */
  static boolean isAround(ServletRequest request) {
    String here = Consumers.attribute(request);
    ServletRequest each = request;
    while (each instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof ConsumerRequest ours && ours.own.attribute().equals(here)) {
        return true;
      }
      each = wrapper.getRequest();
    }
    return false;
  }

  private View view() {
    Passage now = own.in(getRequest());
    View known = view;
    if (!known.passage().equals(now)) {
      known = new View(now, HiddenNames.of(now.hidden()));
      view = known;
    }
    return known;
  }

  private Passage passage() {
    return view().passage();
  }

  private HiddenNames concealed() {
    return view().concealed();
  }

  @Override
  public @Nullable String getHeader(@Nullable String name) {
    if (name == null) {
      return super.getHeader(null);
    }
    if (passage().ownsHeader(name)) {
      return passage().ownHeader(name);
    }
    if (concealed().hidesHeader(name)) {
      return null;
    }
    if (hidesCookieIn(name)) {
      Enumeration<String> rest = getHeaders(name);
      return rest.hasMoreElements() ? rest.nextElement() : null;
    }
    return super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(@Nullable String name) {
    if (name == null) {
      return super.getHeaders(null);
    }
    if (passage().ownsHeader(name)) {
      return Collections.enumeration(
          Optional.ofNullable(passage().ownHeader(name)).stream().toList());
    }
    if (concealed().hidesHeader(name)) {
      return Collections.emptyEnumeration();
    }
    if (hidesCookieIn(name)) {
      List<String> rest = new ArrayList<>();
      for (String value : Collections.list(super.getHeaders(name))) {
        Optional.ofNullable(RawCookies.without(value, concealed().cookies())).ifPresent(rest::add);
      }
      return Collections.enumeration(rest);
    }
    return super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = new ArrayList<>();
    for (String name : Collections.list(super.getHeaderNames())) {
      if (!passage().ownsHeader(name) && getHeader(name) != null) {
        names.add(name);
      }
    }
    names.addAll(passage().ownHeaderNames());
    return Collections.enumeration(names);
  }

  @Override
  public int getIntHeader(@Nullable String name) {
    return name != null && replaced(name)
        ? HeaderNumbers.integer(getHeader(name))
        : super.getIntHeader(name);
  }

  @Override
  public long getDateHeader(@Nullable String name) {
    return name != null && replaced(name)
        ? HeaderNumbers.date(getHeader(name))
        : super.getDateHeader(name);
  }

  @Override
  public Map<String, String> getTrailerFields() {
    Map<String, String> fields = new LinkedHashMap<>(super.getTrailerFields());
    fields.keySet().removeIf(name -> passage().ownsHeader(name) || concealed().hidesHeader(name));
    return fields;
  }

  @Override
  public @Nullable String getQueryString() {
    return RawQuery.without(super.getQueryString(), concealed().parameters());
  }

  @Override
  public @Nullable String getParameter(@Nullable String name) {
    if (name == null || !concealed().parameters().contains(name)) {
      return super.getParameter(name);
    }
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  /**
   * Query values come first, then those of the form; only the form's are left. A dispatch can put a
   * query of its own before the client's, so values of both are left out wherever they are.
   */
  @Override
  public String @Nullable [] getParameterValues(@Nullable String name) {
    String[] values = super.getParameterValues(name);
    if (name == null || values == null || !concealed().parameters().contains(name)) {
      return values;
    }
    String now = super.getQueryString();
    String sent = DispatchTracker.of(getRequest()).query();
    List<String> ofQuery = new ArrayList<>(RawQuery.values(now, name));
    if (!Objects.equals(now, sent)) {
      ofQuery.addAll(RawQuery.values(sent, name));
    }
    String[] rest =
        Arrays.stream(values)
            .skip(ofQuery.size())
            .filter(value -> !ofQuery.contains(value))
            .toArray(String[]::new);
    return rest.length == 0 ? null : rest;
  }

  /** The queries that a dispatch leaves behind are without what is concealed, too. */
  @Override
  public @Nullable Object getAttribute(@Nullable String name) {
    Object value = super.getAttribute(name);
    return name != null && value instanceof String text && isQuery(name)
        ? RawQuery.without(text, concealed().parameters())
        : value;
  }

  private static boolean isQuery(String attribute) {
    return attribute.startsWith("jakarta.servlet.") && attribute.endsWith(".query_string");
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    if (concealed().parameters().isEmpty()) {
      return super.getParameterMap();
    }
    Map<String, String[]> rest = new LinkedHashMap<>();
    for (String name : super.getParameterMap().keySet()) {
      Optional.ofNullable(getParameterValues(name)).ifPresent(values -> rest.put(name, values));
    }
    return Collections.unmodifiableMap(rest);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return concealed().parameters().isEmpty()
        ? super.getParameterNames()
        : Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    Cookie[] cookies = super.getCookies();
    if (cookies == null || concealed().cookies().isEmpty()) {
      return cookies;
    }
    Cookie[] rest =
        Arrays.stream(cookies)
            .filter(cookie -> !concealed().cookies().contains(cookie.getName()))
            .toArray(Cookie[]::new);
    return rest.length == 0 ? null : rest;
  }

  /** The container would hand its own request to the asynchronous part, with all we conceal. */
  @Override
  public AsyncContext startAsync() {
    return super.startAsync(this, response);
  }

  /** A connection holds the permits of its request until it closes. */
  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> type)
      throws IOException, ServletException {
    return UpgradedConnection.upgrade((HttpServletRequest) getRequest(), type);
  }

  private boolean replaced(String name) {
    return passage().ownsHeader(name) || concealed().hidesHeader(name) || hidesCookieIn(name);
  }

  private boolean hidesCookieIn(String name) {
    return !concealed().cookies().isEmpty() && name.toLowerCase(Locale.ROOT).equals("cookie");
  }
}
