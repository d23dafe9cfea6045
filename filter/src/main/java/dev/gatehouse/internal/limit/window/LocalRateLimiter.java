package dev.gatehouse.internal.limit.window;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counters of this process, of bounded number.
 *
 * <p>If there are too many, the least used is forgotten, and its next request begins a new window.
 * A counter that a caller holds is not forgotten and not counted against the bound; when it is no
 * longer held, it is one of the others again. A counter is closed under its own lock before it is
 * forgotten, so a thread that still holds it counts nowhere but in its successor.
 */
public final class LocalRateLimiter implements RateLimiter {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.limits");

  private final long maxKeys;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final Cache<CounterKey, Slot> counters;
  private final Cache<CounterKey, LeakyBucket> buckets;
  private final ReferenceQueue<Held> released = new ReferenceQueue<>();

  /**
   * Creates a limiter that has counted nothing.
   *
   * @param maxKeys how many counters are in the table at most that nothing holds; at least 1
   */
  public LocalRateLimiter(long maxKeys) {
    this.maxKeys = maxKeys;
    this.counters =
        Caffeine.newBuilder()
            .maximumWeight(maxKeys)
            .weigher((CounterKey key, Slot slot) -> slot.hold() == null ? 1 : 0)
            .executor(Runnable::run)
            .evictionListener(this::close)
            .build();
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(maxKeys)
            .executor(Runnable::run)
            .evictionListener(this::closeBucket)
            .build();
  }

  /**
   * A counter in the table.
   *
   * @param hold refers to the holder, or null if the counter is not held
   */
  private record Slot(WindowCounter counter, @Nullable Hold hold) {
    static Slot of(RateWindow.Kind kind) {
      return new Slot(WindowCounter.of(kind), null);
    }
  }

  /** Notices that a counter is no longer held. */
  private static final class Hold extends WeakReference<Held> {
    private final CounterKey key;

    Hold(Held held, ReferenceQueue<Held> released) {
      super(held, released);
      this.key = held.key;
    }
  }

  /** A counter in the hands of callers. */
  private final class Held implements KeyCounter {
    private final CounterKey key;
    private final WindowCounter counter;

    Held(CounterKey key, WindowCounter counter) {
      this.key = key;
      this.counter = counter;
    }

    @Override
    public RateWindow.Result acquire(RateWindow window, long nowMillis) {
      synchronized (counter) {
        RateWindow.Result result = counter.acquire(window, nowMillis);
        if (result != null) {
          return result;
        }
      }
      return LocalRateLimiter.this.acquire(key, window, nowMillis);
    }
  }

  @Override
  public KeyCounter counter(CounterKey key, RateWindow.Kind kind) {
    releaseSlots();
    AtomicReference<Held> result = new AtomicReference<>();
    counters
        .asMap()
        .compute(
            key,
            (same, known) -> {
              Slot slot = known == null ? Slot.of(kind) : known;
              Held held = slot.hold() == null ? null : slot.hold().get();
              Held holder = held == null ? new Held(same, slot.counter()) : held;
              result.set(holder);
              return held == null ? new Slot(slot.counter(), new Hold(holder, released)) : slot;
            });
    return Objects.requireNonNull(result.get(), "computed");
  }

  /** Counts the counters that are no longer held against the bound again. */
  private void releaseSlots() {
    for (Reference<?> hold = released.poll(); hold != null; hold = released.poll()) {
      if (hold instanceof Hold gone) {
        Slot unused =
            counters
                .asMap()
                .computeIfPresent(
                    gone.key,
                    (key, slot) ->
                        gone.equals(slot.hold()) ? new Slot(slot.counter(), null) : slot);
      }
    }
  }

  @Override
  public RateWindow.Result acquire(CounterKey key, RateWindow window, long nowMillis) {
    while (true) {
      WindowCounter counter = present(key, window);
      synchronized (counter) {
        RateWindow.Result result = counter.acquire(window, nowMillis);
        if (result != null) {
          return result;
        }
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public LeakyBucketLimit.Result acquire(CounterKey key, LeakyBucketLimit bucket, long nowMillis) {
    while (true) {
      LeakyBucket present = buckets.get(key, absent -> new LeakyBucket());
      synchronized (present) {
        LeakyBucketLimit.Result result = present.acquire(bucket, nowMillis);
        if (result != null) {
          return result;
        }
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public RateWindow.Result peek(CounterKey key, RateWindow window, long nowMillis) {
    Slot slot = counters.getIfPresent(key);
    if (slot == null) {
      return WindowCounter.of(window.kind()).peek(window, nowMillis);
    }
    synchronized (slot.counter()) {
      return slot.counter().peek(window, nowMillis);
    }
  }

  @Override
  public List<Snapshot> snapshot(Predicate<CounterKey> wanted, int most, long nowMillis) {
    return counters.asMap().entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .limit(most)
        .flatMap(entry -> snapshot(entry.getKey(), entry.getValue().counter(), nowMillis).stream())
        .toList();
  }

  private static Optional<Snapshot> snapshot(
      CounterKey key, WindowCounter counter, long nowMillis) {
    synchronized (counter) {
      return Optional.ofNullable(counter.asked())
          .map(window -> new Snapshot(key, window, counter.peek(window, nowMillis)));
    }
  }

  /** Returns the counter of a key; it may be forgotten, and is closed then, at any time. */
  WindowCounter present(CounterKey key, RateWindow window) {
    Slot known = counters.getIfPresent(key);
    return (known == null ? counters.get(key, absent -> Slot.of(window.kind())) : known).counter();
  }

  private void close(@Nullable CounterKey key, @Nullable Slot slot, RemovalCause cause) {
    warnOfEviction();
    if (slot != null) {
      synchronized (slot.counter()) {
        slot.counter().close();
      }
    }
  }

  private void closeBucket(
      @Nullable CounterKey key, @Nullable LeakyBucket bucket, RemovalCause cause) {
    warnOfEviction();
    if (bucket != null) {
      synchronized (bucket) {
        bucket.close();
      }
    }
  }

  /** Logs once that the table is full. */
  private void warnOfEviction() {
    if (warned.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "more than {0} counters of limits are in use, so the least used begin again; raise"
              + " gatehouse.limits.max-keys if clients do not choose the keys",
          Long.toString(maxKeys));
    }
  }

  @Override
  public String toString() {
    return "local-limits(" + counters.estimatedSize() + " keys)";
  }
}
