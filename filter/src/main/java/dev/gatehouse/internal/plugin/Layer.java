package dev.gatehouse.internal.plugin;

/**
 * The layers of settings, the lowest first. A plugin replaces the one of the same name in a lower
 * layer.
 */
public enum Layer {
  /** All Routes of the application; a service in APISIX. */
  SERVICE,
  /** The Route. */
  ROUTE,
  /** The Consumer's group. */
  GROUP,
  /** The Consumer. */
  CONSUMER;

  /**
   * Returns whether the settings are those of a Consumer or its group, which apply once over
   * several gates.
   */
  public boolean ofConsumer() {
    return this == GROUP || this == CONSUMER;
  }
}
