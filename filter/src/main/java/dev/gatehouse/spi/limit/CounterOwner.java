package dev.gatehouse.spi.limit;

import java.util.Objects;

/**
 * The owner of a limit's settings, and so of its counters: a Route, a Consumer, a group of
 * Consumers, or the application.
 *
 * @param layer the kind of owner, such as {@code route} or {@code consumer}
 * @param name the owner's name, unique in its layer
 */
public record CounterOwner(String layer, String name) {
  /** Creates an owner. */
  public CounterOwner {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(name, "name");
  }
}
