package dev.gatehouse.spi.limit;

import java.util.Objects;

/**
 * The key of a counter. Parts are compared one by one, so that no choice of names merges two
 * counters.
 *
 * <p>Keys are ordered, so that hash tables are fast even if a client chooses values with equal
 * hashes.
 *
 * @param owner the owner of the limit
 * @param plugin the limit's plugin
 * @param value the value of the limit's key for the request, such as the remote address
 * @param namesConsumer whether the value is the username of the calling Consumer; any other value
 *     may be a secret and must not be shown
 */
public record CounterKey(CounterOwner owner, String plugin, String value, boolean namesConsumer)
    implements Comparable<CounterKey> {
  /** Creates a key. */
  public CounterKey {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(plugin, "plugin");
    Objects.requireNonNull(value, "value");
  }

  /** Creates a key whose value is not a Consumer's name. */
  public CounterKey(CounterOwner owner, String plugin, String value) {
    this(owner, plugin, value, false);
  }

  @Override
  public int compareTo(CounterKey other) {
    int order = value.compareTo(other.value);
    if (order == 0) {
      order = plugin.compareTo(other.plugin);
    }
    if (order == 0) {
      order = owner.name().compareTo(other.owner.name());
    }
    if (order == 0) {
      order = owner.layer().compareTo(other.owner.layer());
    }
    return order == 0 ? Boolean.compare(namesConsumer, other.namesConsumer) : order;
  }
}
