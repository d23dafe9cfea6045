package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.internal.limit.window.LeakyBucket;
import dev.gatehouse.internal.limit.window.WindowCounter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.store.StoreException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of a counter in a slot: one byte for the form, followed by its numbers with eight
 * bytes each.
 *
 * @param fresh creates the counter of an empty slot
 * @param read creates a counter with a saved state
 * @param write returns the state of a counter
 */
record CounterCodec<C>(Fresh<C> fresh, Function<long[], C> read, Function<C, long[]> write) {
  private static final byte FIRST = 1;

  /** Creates new counters. */
  interface Fresh<C> {
    C make();
  }

  /** Returns the codec of a leaky bucket. */
  static CounterCodec<LeakyBucket> bucket() {
    return new CounterCodec<>(LeakyBucket::new, LeakyBucket::of, LeakyBucket::state);
  }

  /** Returns the codec of a window. */
  static CounterCodec<WindowCounter> window(RateWindow.Kind kind) {
    return new CounterCodec<>(
        () -> WindowCounter.of(kind), state -> WindowCounter.of(kind, state), WindowCounter::state);
  }

  /**
   * Returns the counter of a slot.
   *
   * @throws StoreException if the slot contains another value
   */
  C read(byte @Nullable [] slot) {
    if (slot == null) {
      return fresh.make();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(slot);
      if (bytes.get() != FIRST || bytes.remaining() % Long.BYTES != 0) {
        throw new IllegalArgumentException("unknown form");
      }
      long[] state = new long[bytes.remaining() / Long.BYTES];
      bytes.asLongBuffer().get(state);
      return read.apply(state);
    } catch (RuntimeException e) {
      throw new StoreException("a slot holds something that is no counter of this kind", e);
    }
  }

  /** Returns the value of a counter's slot. */
  byte[] write(C counter) {
    long[] state = write.apply(counter);
    ByteBuffer bytes = ByteBuffer.allocate(1 + state.length * Long.BYTES).put(FIRST);
    bytes.asLongBuffer().put(state);
    return bytes.array();
  }
}
