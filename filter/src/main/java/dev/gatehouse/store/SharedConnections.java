package dev.gatehouse.store;

import dev.gatehouse.spi.ConnectionCounter;
import dev.gatehouse.spi.CounterKey;
import dev.gatehouse.spi.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What runs on all nodes at the same time.
 *
 * <p>Each node has its own number in the slot of a key, and numbers of nodes that are gone do not
 * count. Nobody waits for a request's end to be told; what could not be told is told with the next
 * exchange, or at the next heartbeat. Safe for use by several threads.
 */
final class SharedConnections implements ConnectionCounter {
  private static final Duration KEEP = Duration.ofDays(1);

  private final SharedLimits.Wires wires;
  private final SharedLimits exact;
  private final Heartbeat heartbeat;
  private final Map<CounterKey, Place> places = new ConcurrentHashMap<>();

  SharedConnections(SharedLimits.Wires wires, SharedLimits exact, Heartbeat heartbeat) {
    this.wires = wires;
    this.exact = exact;
    this.heartbeat = heartbeat;
  }

  /** What an exchange came to. */
  private record Outcome(long running, long settled) {
    boolean changed() {
      return running > 0 || settled > 0;
    }
  }

  /** What this node knows of one key. */
  private final class Place {
    private final SharedCounter<NodeCounts> counter;

    /** Those that run, and those that are asking whether they may; changed with the map's entry. */
    private int users;

    /** Those that are over, which the slot does not know yet. */
    private final AtomicLong owed = new AtomicLong();

    private @Nullable CompletableFuture<Outcome> telling;

    Place(CounterKey key) {
      counter =
          new SharedCounter<>(
              wires.names().of(key),
              new SlotForm<>(NodeCounts::new, NodeCounts::of, NodeCounts::state));
    }

    CompletableFuture<Outcome> enter(long most) {
      return exchange(most, true);
    }

    synchronized void tell() {
      if (owed.get() > 0 && (telling == null || telling.isDone())) {
        telling = exchange(0, false);
      }
    }

    /** Others may have left, so a refusal holds only for what the slot holds now. */
    private CompletableFuture<Outcome> exchange(long most, boolean fresh) {
      return counter.ask(
          new SharedCounter.Question<>(
              counts -> outcome(counts, most),
              Outcome::changed,
              fresh,
              KEEP,
              outcome -> owed.addAndGet(-outcome.settled())),
          wires.slots(),
          wires.engine());
    }

    private Outcome outcome(NodeCounts counts, long most) {
      long now = heartbeat.millis();
      counts.forgetDead(heartbeat::isAlive, now - Heartbeat.GONE.toMillis());
      long settled = counts.settle(heartbeat.self(), owed.get(), now);
      long running = most == 0 ? 0 : counts.enter(heartbeat.self(), most, now);
      return new Outcome(running, settled);
    }
  }

  @Override
  public long enter(CounterKey key, long most) {
    wires.health().check();
    Place place = used(key, 1);
    CompletableFuture<Outcome> coming = place.enter(most);
    try {
      long running = exact.answer(coming.copy()).running();
      if (running == 0) {
        used(key, -1);
      }
      return running;
    } catch (StoreException e) {
      // It may still be counted, and then nobody would ever take it off.
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
      place.owed.incrementAndGet();
      place.tell();
    }
    used(key, -1);
  }

  /** Tells what could not be told, and forgets keys of which nothing runs. */
  void settle() {
    places.values().forEach(Place::tell);
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
          return place.users == 0 && place.owed.get() == 0 && more == 0 ? null : place;
        });
    return found[0];
  }

  /** How many keys are known. */
  int keys() {
    return places.size();
  }
}
