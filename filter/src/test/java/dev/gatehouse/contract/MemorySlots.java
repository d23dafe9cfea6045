package dev.gatehouse.contract;

import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Slots in this process that the nodes of a test share. A test may make them fail.
 *
 * <p>Fulfils the same contract as the real ones. Safe for use by several threads.
 */
public final class MemorySlots implements SharedSlots {
  private final InstantSource clock;
  private final Map<String, byte[]> slots = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong changes = new AtomicLong();
  private volatile boolean failing;
  private volatile boolean surprising;
  private volatile Predicate<String> lost = name -> false;
  private volatile CountDownLatch running = new CountDownLatch(0);

  /**
   * Creates an empty instance.
   *
   * @param clock the time that it reports
   */
  public MemorySlots(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns how often a slot was read or replaced. */
  public long calls() {
    return calls.get();
  }

  /** Returns how often a slot was replaced. */
  public long changes() {
    return changes.get();
  }

  /** Every call fails from now on, or works again. */
  public void fail(boolean fails) {
    failing = fails;
  }

  /** Forgets every value, as an engine that starts again without its data. */
  public void clear() {
    slots.clear();
  }

  /** Every call ends in an exception that no engine should throw, or works again. */
  public void surprise(boolean surprises) {
    surprising = surprises;
  }

  /** Replacements of these names are made and then throw, as when a reply is lost. */
  public void loseReplies(Predicate<String> names) {
    lost = names;
  }

  /** Every call waits from now on until {@link #goOn}. */
  public void hang() {
    running = new CountDownLatch(1);
  }

  /** Ends what {@link #hang} began. */
  public void goOn() {
    running.countDown();
  }

  @Override
  public byte @Nullable [] read(String name) {
    enter();
    return slots.get(name);
  }

  @Override
  public Replaced replace(String name, byte @Nullable [] before, byte[] after, Duration lifetime) {
    enter();
    Replaced replaced = compareAndSet(name, before, after);
    if (replaced.done() && lost.test(name)) {
      throw new StoreException("the reply was lost", new IllegalStateException());
    }
    return replaced;
  }

  private Replaced compareAndSet(String name, byte @Nullable [] before, byte[] after) {
    if (before == null) {
      byte[] present = slots.putIfAbsent(name, after);
      return present == null ? done() : new Replaced(false, present);
    }
    byte[] present = slots.get(name);
    boolean expected = present != null && Arrays.equals(present, before);
    return expected && slots.replace(name, present, after)
        ? done()
        : new Replaced(false, slots.get(name));
  }

  private Replaced done() {
    changes.incrementAndGet();
    return DONE;
  }

  @Override
  public long millis() {
    enter();
    return clock.millis();
  }

  private void enter() {
    calls.incrementAndGet();
    try {
      running.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted", e);
    }
    if (surprising) {
      throw new IllegalStateException("a surprise of the test");
    }
    if (failing) {
      throw new StoreException("stopped by the test", new IllegalStateException());
    }
  }

  @Override
  public void close() {}
}
