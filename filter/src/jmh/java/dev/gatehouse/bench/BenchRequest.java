package dev.gatehouse.bench;

import dev.gatehouse.spi.Body;
import dev.gatehouse.spi.GateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that holds one key in one header; reused by its thread. */
final class BenchRequest implements GateRequest {
  private String key = "";

  BenchRequest presenting(String presented) {
    this.key = presented;
    return this;
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
  public @Nullable String header(String name) {
    return name.equalsIgnoreCase("apikey") ? key : null;
  }

  @Override
  public List<String> headers(String name) {
    return name.equalsIgnoreCase("apikey") ? List.of(key) : List.of();
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
  public Body body(long most) {
    throw new UnsupportedOperationException("nothing measured here reads a body");
  }
}
