package dev.gatehouse.internal.limit.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import dev.gatehouse.spi.store.ChangeHints;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hints over a topic of Hazelcast, such as Payara's data grid. Safe for use by several threads. */
final class HazelcastHints implements ChangeHints {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");

  private final HazelcastInstance grid;
  private final String topic;
  private volatile @Nullable UUID listener;

  /**
   * Creates hints.
   *
   * @param namespace the namespace; applications of the same namespace exchange hints
   */
  HazelcastHints(HazelcastInstance grid, String namespace) {
    this.grid = grid;
    this.topic = new SlotNaming(namespace).ofChanges();
  }

  private ITopic<String> topic() {
    return grid.getTopic(topic);
  }

  @Override
  public void listen(Runnable changed) {
    try {
      listener = topic().addMessageListener(message -> changed.run());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the data grid gives no hints: " + e);
    }
  }

  @Override
  public void send() {
    try {
      var unused = topic().publishAsync("");
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the data grid takes no hints", e);
    }
  }

  @Override
  public void close() {
    UUID known = listener;
    if (known != null) {
      try {
        boolean unused = topic().removeMessageListener(known);
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "the data grid is gone", e);
      }
    }
  }
}
