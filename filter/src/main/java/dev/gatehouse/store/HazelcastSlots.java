package dev.gatehouse.store;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.gatehouse.spi.SharedSlots;
import dev.gatehouse.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Slots in a Hazelcast map, as the data grid of Payara has them.
 *
 * <p>Only texts and bytes travel, so a member of the grid that lacks the application does no harm.
 * The grid is the server's, and closing these slots leaves it as it is. Safe for use by several
 * threads.
 */
final class HazelcastSlots implements SharedSlots {
  private static final String MAP = "gatehouse.limits";

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
    long millis = keep.toMillis();
    try {
      if (before == null) {
        byte[] present = slots().putIfAbsent(name, after, millis, TimeUnit.MILLISECONDS);
        return present == null ? DONE : new Replaced(false, present);
      }
      if (slots().replace(name, before, after)) {
        slots().setTtl(name, millis, TimeUnit.MILLISECONDS);
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
      return grid.getCluster().getClusterTime();
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {}

  private IMap<String, byte[]> slots() {
    return grid.getMap(MAP);
  }

  private static StoreException failed(RuntimeException cause) {
    return new StoreException("hazelcast did not answer", cause);
  }
}
