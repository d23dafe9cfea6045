package dev.gatehouse.internal.restrict;

import dev.gatehouse.Consumer;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import org.jspecify.annotations.Nullable;

/** Calls and parts for the tests of this room. */
public final class TestRequests {
  private TestRequests() {}

  public static InterceptedRequest call(@Nullable Consumer consumer, FakeRequest request) {
    return new InterceptedRequest(request, consumer, new CounterOwner("route", "orders"), "orders");
  }

  public static InterceptedRequest of(Consumer consumer) {
    return new InterceptedRequest(
        FakeRequest.get("/orders"),
        consumer,
        new CounterOwner("consumer", consumer.username()),
        "orders");
  }

  public static Consumer consumer(String username) {
    return Consumer.named(username).build();
  }

  public static PluginServices parts(Profile profile, RateLimiter limits, TestClock clock) {
    return new PluginServices(profile, limits, clock, clock);
  }
}
