package dev.gatehouse.spi.store;

/** Encrypts the secrets of a store again after a change of the master key. */
@FunctionalInterface
public interface MasterKeyRotation {
  /**
   * Encrypts under the present master key what is encrypted under an earlier one.
   *
   * <p>The work is done in several transactions, and what is done stays done: a second call does
   * only what is left. An unreadable record is counted, logged and skipped.
   *
   * @return what was done
   * @throws dev.gatehouse.ConfigException if there is no master key
   * @throws StoreException if the store cannot be reached
   */
  Rewrapped rewrap();

  /**
   * What {@link #rewrap} has done.
   *
   * @param records the number of records that were encrypted under the present key
   * @param unreadable the number of records whose key is not known any more
   */
  record Rewrapped(long records, long unreadable) {}
}
