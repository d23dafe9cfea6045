package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.internal.limit.window.LeakyBucket;
import dev.gatehouse.internal.limit.window.WindowCounter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.store.StoreException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a counter is written into a slot: its numbers, eight bytes each, behind one byte that says
 * which form this is.
 *
 * @param fresh makes the counter of an empty slot
 * @param read makes a counter that goes on from a state
 * @param write tells the state of a counter
 */
record CounterCodec<C>(Fresh<C> fresh, Function<long[], C> read, Function<C, long[]> write) {
  private static final byte FIRST = 1;

  /** Makes a counter that has counted nothing. */
  interface Fresh<C> {
    C make();
  }

  /** The form of a leaky bucket. */
  static CounterCodec<LeakyBucket> bucket() {
    return new CounterCodec<>(LeakyBucket::new, LeakyBucket::of, LeakyBucket::state);
  }

  /** The form of a window. */
  static CounterCodec<WindowCounter> window(RateWindow.Kind kind) {
    return new CounterCodec<>(
        () -> WindowCounter.of(kind), state -> WindowCounter.of(kind, state), WindowCounter::state);
  }

  /**
   * The counter that a slot holds.
   *
   * @throws StoreException if it holds something else
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

  /** What a slot is to hold for a counter. */
  byte[] write(C counter) {
    long[] state = write.apply(counter);
    ByteBuffer bytes = ByteBuffer.allocate(1 + state.length * Long.BYTES).put(FIRST);
    bytes.asLongBuffer().put(state);
    return bytes.array();
  }
}
