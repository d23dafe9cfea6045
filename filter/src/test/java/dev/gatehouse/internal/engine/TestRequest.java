package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.Connection;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.RequestBody;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request written by hand; what it serves is what was sent unless said otherwise. */
record TestRequest(
    String method, String rawPath, String contextPath, String servedPath, Map<String, String> sent)
    implements GateRequest {

  static TestRequest get(String path) {
    return new TestRequest("GET", path, "", path, Map.of());
  }

  TestRequest by(String otherMethod) {
    return new TestRequest(otherMethod, rawPath, contextPath, servedPath, sent);
  }

  TestRequest served(String context, String path) {
    return new TestRequest(method, rawPath, context, path, sent);
  }

  TestRequest header(String name, String value) {
    return new TestRequest(method, rawPath, contextPath, servedPath, Map.of(name, value));
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String authority() {
    return "localhost";
  }

  @Override
  public Connection connection() {
    return new Connection(40_000, "127.0.0.1", 8080);
  }

  @Override
  public @Nullable Object attribute(String name) {
    return null;
  }

  @Override
  public @Nullable String rawQuery() {
    return null;
  }

  @Override
  public @Nullable String header(String name) {
    return sent.get(name);
  }

  @Override
  public List<String> headerNames() {
    return List.copyOf(sent.keySet());
  }

  @Override
  public List<String> headers(String name) {
    String value = sent.get(name);
    return value == null ? List.of() : List.of(value);
  }

  @Override
  public List<String> queryValues(String name) {
    return List.of();
  }

  @Override
  public List<String> cookies(String name) {
    return List.of();
  }

  @Override
  public String remoteAddress() {
    return "127.0.0.1";
  }

  @Override
  public RequestBody body(long most) {
    throw new UnsupportedOperationException("the gate itself reads no body");
  }
}
