package dev.gatehouse.internal.restrict;

import dev.gatehouse.Consumer;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.RateLimitBackend;
import dev.gatehouse.spi.plugin.Call;
import dev.gatehouse.spi.plugin.Parts;
import org.jspecify.annotations.Nullable;

/** Calls and parts for the tests of this room. */
public final class Calls {
  private Calls() {}

  public static Call call(@Nullable Consumer consumer, FakeRequest request) {
    return new Call(request, consumer, new CounterOwner("route", "orders"), "orders");
  }

  public static Call of(Consumer consumer) {
    return new Call(
        FakeRequest.get("/orders"),
        consumer,
        new CounterOwner("consumer", consumer.username()),
        "orders");
  }

  public static Consumer consumer(String username) {
    return Consumer.named(username).build();
  }

  public static Parts parts(Profile profile, RateLimitBackend limits, TestClock clock) {
    return new Parts(profile, limits, clock, clock);
  }
}
