package dev.gatehouse.spi.store;

import dev.gatehouse.spi.event.GateEvent;
import java.util.List;
import java.util.OptionalLong;

/**
 * What was done over the Admin API, kept in the store.
 *
 * <p>Implementations are safe for use by several threads; every call throws a {@link
 * StoreException} if the store cannot answer.
 */
public interface AuditTrail {
  /** Keeps an entry. */
  void add(GateEvent.Changed change);

  /**
   * The newest entries, newest first.
   *
   * @param before only those with a lower number
   * @param limit the most of them; 1 to {@link ConsumerRepository#MAX_PAGE}
   */
  List<Entry> latest(OptionalLong before, int limit);

  /**
   * One entry.
   *
   * @param number grows with every entry
   */
  record Entry(long number, GateEvent.Changed change) {}
}
