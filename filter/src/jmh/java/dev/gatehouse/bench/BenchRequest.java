package dev.gatehouse.bench;

import dev.gatehouse.spi.plugin.Connection;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.RequestBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that holds a proof in one header, and a date if it needs one; reused by its thread. */
final class BenchRequest implements GateRequest {
  private final String name;
  private final @Nullable String date;
  private String proof = "";

  /** A request with an API key. */
  BenchRequest() {
    this("apikey", null);
  }

  BenchRequest(String name, @Nullable String date) {
    this.name = name;
    this.date = date;
  }

  BenchRequest presenting(String presented) {
    this.proof = presented;
    return this;
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
  public String method() {
    return "GET";
  }

  @Override
  public String rawPath() {
    return "/shop/orders/42";
  }

  @Override
  public @Nullable String rawQuery() {
    return null;
  }

  @Override
  public String contextPath() {
    return "/shop";
  }

  @Override
  public String servedPath() {
    return "/orders/42";
  }

  @Override
  public @Nullable String header(String asked) {
    if (asked.equalsIgnoreCase(name)) {
      return proof;
    }
    return asked.equalsIgnoreCase("date") ? date : null;
  }

  @Override
  public List<String> headerNames() {
    return List.of();
  }

  @Override
  public List<String> headers(String asked) {
    String value = header(asked);
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
    return "192.0.2.7";
  }

  @Override
  public RequestBody body(long most) {
    throw new UnsupportedOperationException("nothing measured here reads a body");
  }
}
