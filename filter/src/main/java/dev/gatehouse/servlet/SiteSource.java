package dev.gatehouse.servlet;

/** Where the filter finds the configuration that is in force now. */
interface SiteSource extends AutoCloseable {
  /** The configuration in force; safe for use by several threads. */
  Site site();

  /** Gives back stores and threads. */
  @Override
  void close();
}
