package dev.gatehouse.internal.store;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of engines that one thread at a time can use, such as a prepared MAC.
 *
 * <p>It uses no thread-locals, which would remain on the server's threads after an undeployment. A
 * thread that finds its slot empty makes an engine. Safe for use by several threads.
 *
 * @param <T> the type of the engines
 */
public final class EnginePool<T> {
  /** More slots than request threads that use an engine at the same instant. */
  public static final int MAX_SLOTS = 64;

  private final AtomicReferenceArray<@Nullable T> idle;
  private final Supplier<T> maker;

  /**
   * Creates an empty pool.
   *
   * @param slots the maximum number of idle engines, a power of two
   * @param maker returns a new engine
   */
  public EnginePool(int slots, Supplier<T> maker) {
    this.idle = new AtomicReferenceArray<>(slots);
    this.maker = maker;
  }

  /** Returns an idle engine, or a new one. The caller must not share it with another thread. */
  public T take() {
    T engine = idle.getAndSet(slot(), null);
    return engine == null ? maker.get() : engine;
  }

  /** Takes an engine back, which must be in its initial state. */
  public void put(T engine) {
    idle.set(slot(), engine);
  }

  private int slot() {
    return (int) Thread.currentThread().getId() & (idle.length() - 1);
  }
}
