package dev.gatehouse.internal.store.cache;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.spi.store.ConsumerEditor.Expected;
import dev.gatehouse.spi.store.ConsumerGroups;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Groups whose changes readers of the same node see at once.
 *
 * @param groups what the store keeps
 * @param written makes readers see a change
 */
record WatchedGroups(ConsumerGroups groups, Written written) implements ConsumerGroups {
  /** Runs a write, and forgets the group unless the feed has told so by then. */
  @FunctionalInterface
  interface Written {
    boolean run(String id, Supplier<Boolean> write);
  }

  @Override
  public List<ListedGroup> all() {
    return groups.all();
  }

  @Override
  public Optional<ListedGroup> listed(String id) {
    return groups.listed(id);
  }

  @Override
  public boolean put(ConsumerGroup group, Expected expected) {
    return written.run(group.id(), () -> groups.put(group, expected));
  }

  @Override
  public boolean remove(String id, Expected expected, boolean evenIfUsed) {
    return written.run(id, () -> groups.remove(id, expected, evenIfUsed));
  }
}
