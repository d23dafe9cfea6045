package dev.gatehouse.spi.limit;

import dev.gatehouse.spi.store.StoreException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A service that all nodes reach and that holds small values under names, as Redis or a data grid.
 *
 * <p>It does not count: a node reads a value, computes the new one, and replaces the value if it is
 * still the one that was read. If another node came first, the node computes again. So any service
 * with an atomic compare-and-set can be used. A replacement, in Redis:
 *
 * <pre>{@code
 * if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3])
 * }</pre>
 *
 * <p>The methods may block. They are called on the threads of the cluster and never on a request's
 * thread; a request does not wait for longer than {@code gatehouse.limits.timeout}. Implementations
 * connect with the first call, connect again by themselves, and must be safe for use by several
 * threads.
 */
public interface SharedSlots extends AutoCloseable {
  /** The longest value, in bytes. */
  int MAX_BYTES = 16_384;

  /** The value was replaced. */
  Replaced DONE = new Replaced(true, null);

  /** The result of a replacement. */
  final class Replaced {
    private final boolean done;
    private final byte @Nullable [] present;

    /**
     * Creates a result.
     *
     * @param done whether the value was replaced
     * @param present the value if it was not replaced, or null if there is none; neither copied nor
     *     changed
     */
    public Replaced(boolean done, byte @Nullable [] present) {
      this.done = done;
      this.present = present;
    }

    /** Returns whether the value was replaced. */
    public boolean done() {
      return done;
    }

    /** Returns the value if it was not replaced, or null if there is none. */
    public byte @Nullable [] present() {
      return present;
    }
  }

  /**
   * Returns the value of a name, or null if there is none.
   *
   * @param name at most 100 characters of the URL-safe base64 alphabet and colons
   * @return the value; not changed by the caller
   * @throws StoreException if the service cannot answer: what was to be counted is not counted
   */
  byte @Nullable [] read(String name);

  /**
   * Replaces a value if it has not changed, in one atomic step.
   *
   * @param name as in {@link #read}
   * @param before the expected value, or null if there must be none
   * @param after the new value, 1 to {@link #MAX_BYTES} bytes
   * @param keep the lifetime of the new value; afterwards the service should remove it
   * @return {@link #DONE} if the value was replaced, or else the present value, so that the node
   *     can try again without reading
   * @throws StoreException if the result is not known; the value may have been replaced
   */
  Replaced replace(String name, byte @Nullable [] before, byte[] after, Duration keep);

  /**
   * Returns the service's clock in milliseconds since 1970: all nodes count by it.
   *
   * @throws StoreException if the service cannot answer
   */
  long millis();

  /** Closes all connections and ends all threads that the implementation has started. */
  @Override
  void close();
}
