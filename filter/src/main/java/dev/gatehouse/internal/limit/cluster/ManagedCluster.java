package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.limit.Cluster;

/** A cluster that this node has joined, in the hands of whoever makes it leave. */
public interface ManagedCluster extends Cluster, AutoCloseable {
  /** Leaves and closes the engine; counts fail from now on. No thread is left behind. */
  @Override
  void close();
}
