package dev.gatehouse.internal.limit.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Slots in a Hazelcast map, such as Payara's data grid.
 *
 * <p>Keys and values are texts and bytes, so members without the application's classes can hold
 * them. Closing the slots does not close the grid, which belongs to the server. Safe for use by
 * several threads.
 */
final class HazelcastSlots implements SharedSlots {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.limits");
  private static final String MAP = "gatehouse.limits";
  private static final int MAX_AT_ONCE = 1_000;

  /** Maximum number of values without an expiry. */
  private static final int MAX_STAYING = 10_000;

  /**
   * Replacing a value removes its expiry. The expiry is set again a little later, or at once if too
   * many values wait for it.
   */
  private final Map<String, Long> staying = new ConcurrentHashMap<>();

  private final HazelcastInstance grid;

  HazelcastSlots(HazelcastInstance grid) {
    this.grid = grid;
  }

  @Override
  public byte @Nullable [] read(String name) {
    try {
      return slots().get(name);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public Replaced replace(String name, byte @Nullable [] before, byte[] after, Duration keep) {
    try {
      if (before == null) {
        byte[] present = slots().putIfAbsent(name, after, keep.toMillis(), MILLISECONDS);
        return present == null ? DONE : new Replaced(false, present);
      }
      if (slots().replace(name, before, after)) {
        staying.merge(name, keep.toMillis(), Math::max);
        if (staying.size() > MAX_STAYING) {
          limitStay(name);
        }
        return DONE;
      }
      return new Replaced(false, slots().get(name));
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public long millis() {
    try {
      limitStay(MAX_AT_ONCE);
      return grid.getCluster().getClusterTime();
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  /** A crash leaves at most the values that were replaced in half a second. */
  private void limitStay(int most) {
    staying.keySet().stream().limit(most).forEach(this::limitStay);
  }

  /** After a failure the name stays for the next attempt. */
  private void limitStay(String name) {
    Long millis = staying.get(name);
    if (millis != null) {
      boolean unused = slots().setTtl(name, millis, MILLISECONDS);
      staying.remove(name, millis);
    }
  }

  /** Returns the number of values without an expiry. */
  int staying() {
    return staying.size();
  }

  @Override
  public void close() {
    try {
      limitStay(Integer.MAX_VALUE);
    } catch (RuntimeException gone) {
      LOG.log(Level.DEBUG, "the grid is gone already", gone);
    }
  }

  private IMap<String, byte[]> slots() {
    return grid.getMap(MAP);
  }

  private static StoreException failed(RuntimeException cause) {
    return new StoreException("hazelcast did not answer", cause);
  }
}
