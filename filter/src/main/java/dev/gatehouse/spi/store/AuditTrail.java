package dev.gatehouse.spi.store;

import dev.gatehouse.spi.event.GateEvent;
import java.util.List;
import java.util.OptionalLong;

/**
 * The stored audit of changes over the Admin API.
 *
 * <p>Implementations must be safe for use by several threads. Every method throws a {@link
 * StoreException} if the store cannot answer.
 */
public interface AuditTrail {
  /** Adds an entry. */
  void add(GateEvent.Changed change);

  /**
   * Returns the newest entries, newest first.
   *
   * @param before the number before which entries are returned; empty for the newest ones
   * @param limit the maximum number of entries, 1 to {@link ConsumerRepository#MAX_PAGE}
   */
  List<Entry> latest(OptionalLong before, int limit);

  /**
   * An entry.
   *
   * @param number a number that increases with every entry
   */
  record Entry(long number, GateEvent.Changed change) {}
}
