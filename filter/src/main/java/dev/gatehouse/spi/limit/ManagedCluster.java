package dev.gatehouse.spi.limit;

/** A joined cluster that its owner can close. */
public interface ManagedCluster extends Cluster, AutoCloseable {
  /** Leaves the cluster, closes the engine and ends all threads. Later calls fail. */
  @Override
  void close();
}
