package dev.gatehouse.internal.request;

import dev.gatehouse.internal.http.HostName;
import dev.gatehouse.internal.http.PercentDecoder;
import dev.gatehouse.internal.http.RawCookies;
import dev.gatehouse.internal.http.RawQuery;
import dev.gatehouse.spi.plugin.Connection;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.RequestBody;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A servlet request for the gate. It never calls {@code getParameter}, which would read a form. */
final class ServletGateRequest implements GateRequest {
  private final HttpServletRequest request;
  private final InstantSource ticker;
  private final String remoteAddress;
  private final DispatcherType dispatch;
  private final @Nullable String path;
  private @Nullable String servedPath;
  private @Nullable RequestBody read;

  /**
   * Creates a request.
   *
   * @param remoteAddress the client's address
   * @param path a decoded path below the context path that replaces the request's, or null
   */
  ServletGateRequest(
      HttpServletRequest request,
      InstantSource ticker,
      String remoteAddress,
      @Nullable String path) {
    this.request = request;
    this.path = path;
    this.ticker = ticker;
    this.remoteAddress = remoteAddress;
    this.dispatch = request.getDispatcherType();
  }

  /** Returns whether this is not a forward, include, error or asynchronous dispatch. */
  boolean isFirstDispatch() {
    return dispatch == DispatcherType.REQUEST;
  }

  @Override
  public String scheme() {
    return request.getScheme().toLowerCase(Locale.ROOT);
  }

  @Override
  public String authority() {
    return HostName.authority(request);
  }

  @Override
  public Connection connection() {
    return new Connection(request.getRemotePort(), request.getLocalAddr(), request.getLocalPort());
  }

  @Override
  public @Nullable Object attribute(String name) {
    return request.getAttribute(name);
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String rawPath() {
    if (path != null) {
      return request.getContextPath() + encoded(path);
    }
    String included = included(RequestDispatcher.INCLUDE_REQUEST_URI);
    return included == null ? withSession(request.getRequestURI()) : included;
  }

  @Override
  public @Nullable String rawQuery() {
    return request.getQueryString();
  }

  /** The container returns it as sent. A malformed path never equals a decoded one. */
  @Override
  public String contextPath() {
    String raw = request.getContextPath();
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    byte[] decoded = PercentDecoder.bytes(raw, PercentDecoder.Plus.ITSELF);
    return decoded == null ? raw : new String(decoded, StandardCharsets.UTF_8);
  }

  @Override
  public String servedPath() {
    if (servedPath == null) {
      servedPath = path == null ? served() : path;
    }
    return servedPath;
  }

  private String served() {
    String included = included(RequestDispatcher.INCLUDE_SERVLET_PATH);
    String path = included == null ? request.getServletPath() : included;
    String rest =
        included == null ? request.getPathInfo() : included(RequestDispatcher.INCLUDE_PATH_INFO);
    return rest == null ? path : path + rest;
  }

  /** Some containers, such as Payara, remove the session parameter from the sent path. */
  private String withSession(String uri) {
    boolean taken =
        isFirstDispatch() && uri.indexOf(';') < 0 && request.isRequestedSessionIdFromURL();
    return taken ? uri + ";jsessionid=" + request.getRequestedSessionId() : uri;
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  /** An included request has the path of the including one; its own path is in attributes. */
  private @Nullable String included(String attribute) {
    return dispatch == DispatcherType.INCLUDE
            && request.getAttribute(attribute) instanceof String text
        ? text
        : null;
  }

  @Override
  public @Nullable String header(String name) {
    if (HostName.isHeader(name)) {
      return headers(name).get(0);
    }
    String value = request.getHeader(name);
    return value == null ? null : text(value);
  }

  @Override
  public List<String> headerNames() {
    Enumeration<String> names = request.getHeaderNames();
    List<String> all = names == null ? List.of() : Collections.list(names);
    return HostName.isAmong(all)
        ? all
        : Stream.concat(all.stream(), Stream.of(HostName.HEADER)).toList();
  }

  @Override
  public List<String> headers(String name) {
    return HostName.isHeader(name) ? HostName.values(request, sent(name)) : sent(name);
  }

  private List<String> sent(String name) {
    Enumeration<String> values = request.getHeaders(name);
    if (values == null || !values.hasMoreElements()) {
      return List.of();
    }
    String first = text(values.nextElement());
    if (!values.hasMoreElements()) {
      return List.of(first);
    }
    List<String> all = new ArrayList<>(List.of(first));
    while (values.hasMoreElements()) {
      all.add(text(values.nextElement()));
    }
    return all;
  }

  @Override
  public List<String> queryValues(String name) {
    return RawQuery.values(request.getQueryString(), name);
  }

  @Override
  public List<String> cookies(String name) {
    return RawCookies.values(headers("cookie"), name);
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }

  @Override
  public RequestBody body(long most) {
    if (read == null) {
      BufferedBody before = BufferedBody.of(request);
      read =
          before == null
              ? new BodyReading(request, ticker).upTo(most)
              : new RequestBody.Whole(before.bytes());
    }
    boolean larger = read instanceof RequestBody.Whole whole && whole.bytes().remaining() > most;
    return larger ? new RequestBody.TooLarge(((RequestBody.Whole) read).bytes().remaining()) : read;
  }

  /** Returns the result of reading the body, or null if it was not read. */
  @Nullable RequestBody read() {
    return read;
  }

  /** Containers decode headers as ISO 8859-1; valid UTF-8 is decoded as UTF-8 here. */
  private static String text(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) >= 128) {
        return utf8(value);
      }
    }
    return value;
  }

  private static String utf8(String value) {
    if (!value.chars().allMatch(c -> c < 256)) {
      return value;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return value;
    }
  }
}
