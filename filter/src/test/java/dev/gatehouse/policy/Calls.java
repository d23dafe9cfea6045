package dev.gatehouse.policy;

import dev.gatehouse.Consumer;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.Call;
import dev.gatehouse.spi.CounterOwner;
import dev.gatehouse.spi.Parts;
import dev.gatehouse.spi.RateLimitBackend;
import org.jspecify.annotations.Nullable;

/** Calls and parts for the tests of this room. */
final class Calls {
  private Calls() {}

  static Call call(@Nullable Consumer consumer, FakeRequest request) {
    return new Call(request, consumer, new CounterOwner("route", "orders"), "orders");
  }

  static Call of(Consumer consumer) {
    return new Call(
        FakeRequest.get("/orders"),
        consumer,
        new CounterOwner("consumer", consumer.username()),
        "orders");
  }

  static Consumer consumer(String username) {
    return Consumer.named(username).build();
  }

  static Parts parts(Profile profile, RateLimitBackend limits, TestClock clock) {
    return new Parts(profile, limits, clock, clock);
  }
}
