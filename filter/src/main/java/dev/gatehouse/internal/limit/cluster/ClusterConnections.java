package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.limit.ConnectionCounter;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of concurrent requests on all nodes.
 *
 * <p>Each node writes its own absolute number into the slot of a key; numbers of nodes that are
 * gone do not count. So the next write repairs one whose reply was lost. A request does not wait
 * for the write of its end: a failed write is repeated with the next exchange or heartbeat. Safe
 * for use by several threads.
 */
final class ClusterConnections implements ConnectionCounter {
  private static final Duration KEEP = Duration.ofDays(1);

  /** The interval after which a number is compared again, because the engine may have lost it. */
  private static final Duration CONFIRMED = Duration.ofSeconds(30);

  /** The written number if a write may have been lost. */
  private static final long UNKNOWN = -1;

  private final ClusterTransport transport;
  private final Heartbeat heartbeat;
  private final Map<CounterKey, Place> places = new ConcurrentHashMap<>();
  private int lives;

  ClusterConnections(ClusterTransport transport, Heartbeat heartbeat) {
    this.transport = transport;
    this.heartbeat = heartbeat;
  }

  /**
   * The result of an exchange.
   *
   * @param running the number on all nodes including the new request, or 0 if it was refused
   * @param own the number of this node
   */
  private record Outcome(long running, long own, boolean changed) {}

  /** The state of a key on this node. */
  private final class Place {
    private final SharedCounter<NodeCounts> counter;

    /**
     * Running requests and requests that wait for an admission; changed together with the map's
     * entry.
     */
    private int users;

    /** Admitted requests that have not ended. */
    private final AtomicLong running = new AtomicLong();

    /** The last known number of this node in the slot. */
    private volatile long written;

    private volatile long confirmedMillis;
    private @Nullable CompletableFuture<Outcome> telling;

    Place(CounterKey key) {
      counter =
          transport.counter(
              key, new CounterCodec<>(NodeCounts::new, NodeCounts::of, NodeCounts::state));
    }

    boolean isConfirmed() {
      return running.get() == written;
    }

    synchronized void write() {
      if (!isConfirmed() && (telling == null || telling.isDone())) {
        CompletableFuture<Outcome> begun = exchange(0);
        telling = begun;
        CompletableFuture<Outcome> unused =
            begun.whenComplete(
                (outcome, failure) -> {
                  if (failure == null) {
                    write();
                  }
                });
      }
    }

    void forget(boolean forgotten) {
      boolean old = heartbeat.clock().millis() - confirmedMillis > CONFIRMED.toMillis();
      if (running.get() > 0 && (forgotten || old)) {
        written = UNKNOWN;
      }
    }

    /** Other requests may have ended, so a refusal requires a fresh read of the slot. */
    private CompletableFuture<Outcome> exchange(long most) {
      CompletableFuture<Outcome> coming =
          transport.ask(
              counter,
              new SharedCounter.Question<>(
                  counts -> outcome(counts, most), Outcome::changed, true, KEEP, this::apply));
      CompletableFuture<Outcome> unused =
          coming.whenComplete(
              (outcome, failure) -> {
                if (failure != null) {
                  written = UNKNOWN;
                }
              });
      return coming;
    }

    private Outcome outcome(NodeCounts counts, long most) {
      long now = heartbeat.clock().millis();
      counts.forgetDead(heartbeat::isAlive, now - Heartbeat.GONE.toMillis());
      boolean corrected = counts.correct(heartbeat.self(), running.get(), now);
      long all = most == 0 ? 0 : counts.enter(heartbeat.self(), most, now);
      return new Outcome(all, counts.running(heartbeat.self()), corrected || all > 0);
    }

    private void apply(Outcome outcome) {
      if (outcome.running() > 0) {
        running.incrementAndGet();
      }
      written = outcome.own();
      confirmedMillis = heartbeat.clock().millis();
    }
  }

  @Override
  public long enter(CounterKey key, long most) {
    transport.check();
    Place place = used(key, 1);
    CompletableFuture<Outcome> coming = place.exchange(most);
    try {
      long running = transport.await(coming.copy()).running();
      if (running == 0) {
        used(key, -1);
      }
      return running;
    } catch (StoreException e) {
      // The engine may still admit it, after the request has ended.
      CompletableFuture<Void> unused =
          coming.handle(
              (outcome, failure) -> {
                over(key, place, outcome != null && outcome.running() > 0);
                return null;
              });
      throw e;
    }
  }

  @Override
  public void leave(CounterKey key) {
    Place place = places.get(key);
    if (place != null) {
      over(key, place, true);
    }
  }

  private void over(CounterKey key, Place place, boolean counted) {
    if (counted) {
      place.running.decrementAndGet();
      place.write();
    }
    used(key, -1);
  }

  /** Repeats failed writes and removes keys without running requests. */
  void settle() {
    int now = heartbeat.lives();
    boolean forgotten = now != lives;
    lives = now;
    places.values().forEach(place -> place.forget(forgotten));
    places.values().forEach(Place::write);
    places.keySet().forEach(key -> used(key, 0));
  }

  private Place used(CounterKey key, int more) {
    Place[] found = new Place[1];
    places.compute(
        key,
        (same, known) -> {
          Place place = known == null ? new Place(key) : known;
          place.users += more;
          found[0] = place;
          return place.users == 0 && place.isConfirmed() && more == 0 ? null : place;
        });
    return found[0];
  }

  /** Returns the number of keys. */
  int keys() {
    return places.size();
  }

  /** Returns the number of keys whose write is not confirmed. */
  long unconfirmed() {
    return places.values().stream().filter(place -> !place.isConfirmed()).count();
  }
}
