package dev.gatehouse.internal.plugin;

/** Whose settings a plugin has, the lowest first; a higher one replaces a lower one's plugin. */
public enum Layer {
  /** The application's, for all of its Routes; the reference's service. */
  SERVICE,
  /** The Route's. */
  ROUTE,
  /** Those of the Consumer's group. */
  GROUP,
  /** The Consumer's own. */
  CONSUMER;

  /** Whether they come with the Consumer, and so hold once over several gates. */
  public boolean ofConsumer() {
    return this == GROUP || this == CONSUMER;
  }
}
