package dev.gatehouse.contract;

import dev.gatehouse.spi.plugin.Connection;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.RequestBody;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request written by hand, for tests without a container; not safe for several threads. */
public final class FakeRequest implements GateRequest {
  private record Pair(String name, String value) {}

  private final String rawPath;
  private final @Nullable String rawQuery;
  private final List<Pair> headers = new ArrayList<>();
  private final List<Pair> cookies = new ArrayList<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private String scheme = "http";
  private String method = "GET";
  private String contextPath = "";
  private @Nullable String servedPath;
  private String remoteAddress = "192.0.2.1";
  private byte[] body = {};
  private int bodyReads;

  private FakeRequest(String target) {
    int mark = target.indexOf('?');
    this.rawPath = mark < 0 ? target : target.substring(0, mark);
    this.rawQuery = mark < 0 ? null : target.substring(mark + 1);
  }

  /** Returns a GET of a request target, as in {@code /orders?apikey=x}, sent by 192.0.2.1. */
  public static FakeRequest get(String target) {
    return new FakeRequest(target);
  }

  /** Sets the method. */
  public FakeRequest method(String name) {
    method = name;
    return this;
  }

  /** Sets the scheme to https. */
  public FakeRequest secure() {
    scheme = "https";
    return this;
  }

  /** Adds a header. */
  public FakeRequest header(String name, String value) {
    headers.add(new Pair(name, value));
    return this;
  }

  /** Sets an attribute. */
  public FakeRequest attribute(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  /** Adds a cookie. */
  public FakeRequest cookie(String name, String value) {
    cookies.add(new Pair(name, value));
    return this;
  }

  /** Sets the decoded context path, with which the target must begin. */
  public FakeRequest context(String path) {
    contextPath = path;
    return this;
  }

  /** Sets the decoded context path and the path that the container serves below it. */
  public FakeRequest served(String context, String path) {
    contextPath = context;
    servedPath = path;
    return this;
  }

  /** Sets the body, in UTF-8. */
  public FakeRequest body(String text) {
    body = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** Returns how often the body was read. */
  public int bodyReads() {
    return bodyReads;
  }

  /** Sets the address of the peer. */
  public FakeRequest from(String address) {
    remoteAddress = address;
    return this;
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public String authority() {
    List<String> hosts = headers("host");
    String host = hosts.isEmpty() ? "localhost" : hosts.get(0).toLowerCase(Locale.ROOT);
    String port = scheme.equals("https") ? ":443" : ":80";
    return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
  }

  @Override
  public Connection connection() {
    return new Connection(40_000, "127.0.0.1", 8080);
  }

  @Override
  public @Nullable Object attribute(String name) {
    return attributes.get(name);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String rawPath() {
    return rawPath;
  }

  @Override
  public @Nullable String rawQuery() {
    return rawQuery;
  }

  @Override
  public String contextPath() {
    return contextPath;
  }

  @Override
  public String servedPath() {
    return servedPath == null
        ? decoded(rawPath.replace("+", "%2B")).substring(contextPath.length())
        : servedPath;
  }

  @Override
  public @Nullable String header(String name) {
    List<String> all = headers(name);
    return all.isEmpty() ? null : all.get(0);
  }

  @Override
  public List<String> headerNames() {
    return headers.stream().map(Pair::name).toList();
  }

  @Override
  public List<String> headers(String name) {
    return headers.stream().filter(h -> h.name().equalsIgnoreCase(name)).map(Pair::value).toList();
  }

  @Override
  public List<String> queryValues(String name) {
    List<String> values = new ArrayList<>();
    if (rawQuery != null) {
      for (String pair : rawQuery.split("&", -1)) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        if (!pair.isEmpty() && decoded(key).equals(name)) {
          values.add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
      }
    }
    return List.copyOf(values);
  }

  @Override
  public List<String> cookies(String name) {
    return cookies.stream().filter(c -> c.name().equals(name)).map(Pair::value).toList();
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }

  @Override
  public RequestBody body(long most) {
    bodyReads++;
    return body.length > most
        ? new RequestBody.TooLarge(body.length)
        : new RequestBody.Whole(ByteBuffer.wrap(body));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
