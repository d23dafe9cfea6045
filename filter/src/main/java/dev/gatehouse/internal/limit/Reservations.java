package dev.gatehouse.internal.limit;

import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.plugin.Permit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The possible failures of running attempts, by counter.
 *
 * <p>A window has room for an attempt if its failures and reservations together are below its
 * limit. Safe for use by several threads. A thread waits only if reservations, not failures, use up
 * the window.
 */
final class Reservations {
  private static final int STRIPES = 64;

  private final List<Stripe> stripes = Stream.generate(Stripe::new).limit(STRIPES).toList();

  /**
   * A claim for one place in a window.
   *
   * @param key the counter of the failures
   * @param window the window, with the limit of failures
   */
  record Claim(CounterKey key, RateWindow window) {}

  /**
   * Reserves a place in each of several windows, one of which must have room.
   *
   * @param claims the windows; claims that share any window also share the first one
   * @param remaining returns the remaining failures of a window
   * @return the reservation, to be released at the end of the attempt; null if no window has room,
   *     after waiting for running attempts
   */
  @Nullable Permit reserve(List<Claim> claims, ToLongFunction<Claim> remaining) {
    int hash = claims.get(0).key().hashCode();
    return stripes.get(Math.floorMod(hash, STRIPES)).reserve(claims, remaining);
  }

  /** The reservations of some counters, under one lock. */
  private static final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Map<CounterKey, Integer> reserved = new HashMap<>();

    @Nullable Permit reserve(List<Claim> claims, ToLongFunction<Claim> remaining) {
      long nanos = TimeUnit.MILLISECONDS.toNanos(LimitFailedAuth.MAX_WAIT_MILLIS);
      lock.lock();
      try {
        while (claims.stream().noneMatch(claim -> hasRoom(claim, remaining))) {
          if (nanos <= 0 || claims.stream().allMatch(claim -> remaining.applyAsLong(claim) == 0)) {
            return null;
          }
          nanos = released.awaitNanos(nanos);
        }
        claims.forEach(claim -> reserved.merge(claim.key(), 1, Integer::sum));
        return () -> release(claims);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      } finally {
        lock.unlock();
      }
    }

    private boolean hasRoom(Claim claim, ToLongFunction<Claim> remaining) {
      return remaining.applyAsLong(claim) > reserved.getOrDefault(claim.key(), 0);
    }

    private void release(List<Claim> claims) {
      lock.lock();
      try {
        claims.forEach(
            claim -> reserved.computeIfPresent(claim.key(), (key, n) -> n == 1 ? null : n - 1));
        released.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
