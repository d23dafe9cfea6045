package dev.gatehouse.internal.request;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.HiddenNames;
import dev.gatehouse.internal.http.RawCookies;
import dev.gatehouse.internal.http.RawQuery;
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
 * The request that the application sees: the Consumer is its principal, identity headers are those
 * of the gate, and hidden credentials are absent.
 *
 * <p>Headers are filtered on every call instead of copied, because trailers become headers after
 * the body was read.
 */
public final class ConsumerRequest extends HttpServletRequestWrapper {
  private final ServletResponse response;
  private final ApplicationScope scope;

  /**
   * Creates a wrapper.
   *
   * @param scope the state of the request in its application
   */
  ConsumerRequest(
      HttpServletRequest request,
      ServletResponse response,
      ApplicationScope scope,
      BiPredicate<Consumer, String> roles) {
    super(new IdentifiedRequest(request, scope, roles));
    this.response = response;
    this.scope = scope;
  }

  /** Returns whether a request is, or wraps, an instance with the same scope. */
  static boolean isAround(ServletRequest request, ApplicationScope scope) {
    ServletRequest each = request;
    while (each instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof ConsumerRequest ours && ours.scope == scope) {
        return true;
      }
      each = wrapper.getRequest();
    }
    return false;
  }

  /** Returns the present admission, which an endpoint behind the filter may change. */
  private Admission admission() {
    return scope.visibleTo(getRequest());
  }

  private HiddenNames hidden() {
    return admission().hidden();
  }

  @Override
  public @Nullable String getHeader(@Nullable String name) {
    if (name == null) {
      return super.getHeader(null);
    }
    if (admission().ownsHeader(name)) {
      return admission().ownHeader(name);
    }
    if (hidden().hidesHeader(name)) {
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
    if (admission().ownsHeader(name)) {
      return Collections.enumeration(
          Optional.ofNullable(admission().ownHeader(name)).stream().toList());
    }
    if (hidden().hidesHeader(name)) {
      return Collections.emptyEnumeration();
    }
    if (hidesCookieIn(name)) {
      List<String> rest = new ArrayList<>();
      for (String value : Collections.list(super.getHeaders(name))) {
        Optional.ofNullable(RawCookies.without(value, hidden().cookies())).ifPresent(rest::add);
      }
      return Collections.enumeration(rest);
    }
    return super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = new ArrayList<>();
    for (String name : Collections.list(super.getHeaderNames())) {
      if (!admission().ownsHeader(name) && getHeader(name) != null) {
        names.add(name);
      }
    }
    names.addAll(admission().ownHeaderNames());
    return Collections.enumeration(names);
  }

  @Override
  public int getIntHeader(@Nullable String name) {
    if (name == null || !replaced(name)) {
      return super.getIntHeader(name);
    }
    String value = getHeader(name);
    return value == null ? -1 : Integer.parseInt(value);
  }

  @Override
  public long getDateHeader(@Nullable String name) {
    if (name == null || !replaced(name)) {
      return super.getDateHeader(name);
    }
    if (getHeader(name) == null) {
      return -1;
    }
    throw new IllegalArgumentException("not a date");
  }

  @Override
  public Map<String, String> getTrailerFields() {
    Map<String, String> fields = new LinkedHashMap<>(super.getTrailerFields());
    fields.keySet().removeIf(name -> admission().ownsHeader(name) || hidden().hidesHeader(name));
    return fields;
  }

  @Override
  public @Nullable String getQueryString() {
    return RawQuery.without(super.getQueryString(), hidden().parameters());
  }

  @Override
  public @Nullable String getParameter(@Nullable String name) {
    if (name == null || !hidden().parameters().contains(name)) {
      return super.getParameter(name);
    }
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  /**
   * Query values precede those of the form; only the latter remain. A dispatch may add its own
   * query, so values of both queries are removed at any position.
   */
  @Override
  public String @Nullable [] getParameterValues(@Nullable String name) {
    String[] values = super.getParameterValues(name);
    if (name == null || values == null || !hidden().parameters().contains(name)) {
      return values;
    }
    String now = super.getQueryString();
    String sent = scope.state().query();
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

  /** Removes hidden parameters also from the queries in attributes of a dispatch. */
  @Override
  public @Nullable Object getAttribute(@Nullable String name) {
    Object value = super.getAttribute(name);
    return name != null && value instanceof String text && isQuery(name)
        ? RawQuery.without(text, hidden().parameters())
        : value;
  }

  private static boolean isQuery(String attribute) {
    return attribute.startsWith("jakarta.servlet.") && attribute.endsWith(".query_string");
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    if (hidden().parameters().isEmpty()) {
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
    return hidden().parameters().isEmpty()
        ? super.getParameterNames()
        : Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    Cookie[] cookies = super.getCookies();
    if (cookies == null || hidden().cookies().isEmpty()) {
      return cookies;
    }
    Cookie[] rest =
        Arrays.stream(cookies)
            .filter(cookie -> !hidden().cookies().contains(cookie.getName()))
            .toArray(Cookie[]::new);
    return rest.length == 0 ? null : rest;
  }

  /** The container would pass its own request to the asynchronous part. */
  @Override
  public AsyncContext startAsync() {
    return super.startAsync(this, response);
  }

  /** An upgraded connection holds the permits of its request until it closes. */
  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> type)
      throws IOException, ServletException {
    return UpgradedConnection.upgrade((HttpServletRequest) getRequest(), type);
  }

  private boolean replaced(String name) {
    return admission().ownsHeader(name) || hidden().hidesHeader(name) || hidesCookieIn(name);
  }

  private boolean hidesCookieIn(String name) {
    return !hidden().cookies().isEmpty() && name.toLowerCase(Locale.ROOT).equals("cookie");
  }
}
