package dev.gatehouse.spi.store;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.spi.store.ConsumerDirectory.Stamp;
import dev.gatehouse.spi.store.ConsumerEditor.Expected;
import java.util.List;
import java.util.Optional;

/**
 * The groups of Consumers that a store keeps, for people who manage them.
 *
 * <p>Implementations are safe for use by several threads; a write is one transaction. Every call
 * throws a {@link StoreException} if the store cannot answer, and a write a {@link
 * PreconditionFailedException} if what stands there is not what was expected.
 */
public interface ConsumerGroups {
  /** All of them, in the order of their ids. */
  List<ListedGroup> all();

  /** The one of an id. */
  Optional<ListedGroup> listed(String id);

  /** Creates or replaces one; answers whether it was created. */
  boolean put(ConsumerGroup group, Expected expected);

  /**
   * Removes one.
   *
   * @param evenIfUsed whether it goes although it has members, who are refused with 503 from then
   *     on
   * @return whether it was there
   * @throws ConflictException if it has members
   */
  boolean remove(String id, Expected expected, boolean evenIfUsed);

  /** A group as it is stored. */
  record ListedGroup(ConsumerGroup group, Stamp stamp) {}
}
