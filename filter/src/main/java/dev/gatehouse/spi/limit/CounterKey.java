package dev.gatehouse.spi.limit;

import java.util.Objects;

/**
 * What a limit counts: parts that are compared one by one, so that no choice of names lets two
 * counters fall together.
 *
 * <p>Keys have an order, so that a hash table stays quick when a client chooses values of equal
 * hash.
 *
 * @param owner the owner of the limit
 * @param plugin the limit's plugin
 * @param value the value of the limit's key for this request, as the remote address
 * @param namesConsumer whether the value is the username of the calling Consumer; any other value
 *     may be a secret and must not be shown
 */
public record CounterKey(CounterOwner owner, String plugin, String value, boolean namesConsumer)
    implements Comparable<CounterKey> {
  /** All parts are required. */
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
