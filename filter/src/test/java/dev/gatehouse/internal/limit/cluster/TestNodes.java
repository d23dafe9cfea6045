package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.time.InstantSource;

/** Nodes for tests. */
public final class TestNodes {
  private static final Duration PATIENT = Duration.ofSeconds(20);

  private TestNodes() {}

  /** Returns a node that waits long for its engine, since a test machine may be busy. */
  public static ManagedCluster join(SharedSlots slots) {
    return join(slots, "test", new TestClock());
  }

  static ManagedCluster join(SharedSlots slots, String namespace, InstantSource ticker) {
    return Stores.join(slots, new Stores.Sharing(namespace, PATIENT, 10_000), ticker);
  }
}
