package dev.gatehouse.policy;

import dev.gatehouse.spi.ConsumerInterceptor;
import java.util.List;

/** The catalogue of the consumer interceptors that come with Gatehouse. */
public final class Interceptors {
  private Interceptors() {}

  /** All of them, each safe for use by several threads. */
  public static List<ConsumerInterceptor<?>> builtIn() {
    return List.of(new Acl(), new LimitCount());
  }
}
