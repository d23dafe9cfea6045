package dev.gatehouse.spi;

import java.util.Objects;

/**
 * What a limit counts: parts that are compared one by one, so that no choice of names lets two
 * counters fall together.
 *
 * @param owner who the limit belongs to
 * @param plugin the limit's plugin
 * @param value the value of the limit's key for this request, as the remote address
 */
public record CounterKey(Call.Owner owner, String plugin, String value) {
  /** All parts are required. */
  public CounterKey {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(plugin, "plugin");
    Objects.requireNonNull(value, "value");
  }
}
