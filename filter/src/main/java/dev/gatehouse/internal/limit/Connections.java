package dev.gatehouse.internal.limit;

import dev.gatehouse.spi.limit.ConnectionCounter;
import dev.gatehouse.spi.limit.CounterKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The numbers of running requests by key. A key without running requests uses no memory.
 *
 * <p>Safe for use by several threads.
 */
final class Connections implements ConnectionCounter {
  private final ConcurrentHashMap<CounterKey, Long> running = new ConcurrentHashMap<>();

  @Override
  public long enter(CounterKey key, long most) {
    AtomicBoolean entered = new AtomicBoolean();
    Long now =
        running.compute(
            key,
            (k, before) -> {
              long count = before == null ? 0 : before;
              entered.set(count < most);
              if (count < most) {
                return count + 1;
              }
              return before;
            });
    return entered.get() && now != null ? now : 0;
  }

  @Override
  public void leave(CounterKey key) {
    running.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
  }

  /** Returns the number of keys with running requests. */
  int keys() {
    return running.size();
  }
}
