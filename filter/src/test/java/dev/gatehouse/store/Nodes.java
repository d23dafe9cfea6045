package dev.gatehouse.store;

import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.ManagedCluster;
import dev.gatehouse.spi.SharedSlots;
import java.time.Duration;
import java.time.InstantSource;

/** Nodes for tests. */
final class Nodes {
  private static final Duration PATIENT = Duration.ofSeconds(20);

  private Nodes() {}

  /** A node that waits long for its engine, since a test machine may be busy. */
  static ManagedCluster join(SharedSlots slots) {
    return join(slots, "test", new TestClock());
  }

  static ManagedCluster join(SharedSlots slots, String namespace, InstantSource ticker) {
    return Stores.join(slots, new Stores.Sharing(namespace, PATIENT, 10_000), ticker);
  }
}
