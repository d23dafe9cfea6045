package dev.gatehouse.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the counters of several nodes live: small values under names, each of which is replaced
 * only by whoever knows what it was.
 *
 * <p>It is all that an engine must offer: which requests are admitted is decided by the nodes,
 * which read a value, count, and put the new value in its place; when another node came first, they
 * read again. Calls may block; they come from threads of their own and never from a request's.
 * Implementations connect when they are first asked, connect again by themselves, and are safe for
 * use by several threads. Source: limits section 13.
 */
public interface SharedSlots extends AutoCloseable {
  /** The longest value, in bytes. */
  int MAX_BYTES = 16_384;

  /** The value was replaced. */
  Replaced DONE = new Replaced(true, null);

  /** What became of a replacement. */
  final class Replaced {
    private final boolean done;
    private final byte @Nullable [] present;

    /**
     * Tells it.
     *
     * @param done whether the value was replaced
     * @param present what the value is, when it was not replaced; null when there is none. It is
     *     neither copied nor changed
     */
    public Replaced(boolean done, byte @Nullable [] present) {
      this.done = done;
      this.present = present;
    }

    /** Whether the value was replaced. */
    public boolean done() {
      return done;
    }

    /** What the value is, when it was not replaced; null when there is none. */
    public byte @Nullable [] present() {
      return present;
    }
  }

  /**
   * The value of a name, or null when there is none.
   *
   * @param name at most 100 characters of the URL-safe base64 alphabet and colons
   * @throws StoreException if it cannot be found out
   */
  byte @Nullable [] read(String name);

  /**
   * Replaces a value unless it has changed, in one step.
   *
   * @param before what the value must be, or null when there must be none
   * @param after the new value, 1 to {@link #MAX_BYTES} bytes
   * @param keep how long the new value is kept at least; after that it should go by itself
   * @return {@link #DONE}, or what the value is instead, so that a node that came too late can try
   *     again at once
   * @throws StoreException if it cannot be found out; the value may have been replaced then
   */
  Replaced replace(String name, byte @Nullable [] before, byte[] after, Duration keep);

  /**
   * The time that all nodes share, in milliseconds since 1970.
   *
   * @throws StoreException if it cannot be found out
   */
  long millis();

  /** Lets all connections go; no thread is left behind. */
  @Override
  void close();
}
