package dev.gatehouse.servlet;

import jakarta.servlet.ServletContext;

/** Where the filter finds the configuration that is in force now. */
interface SiteSource extends AutoCloseable {
  /** The configuration in force; safe for use by several threads. */
  Site site();

  /** The application that the filter serves has begun; does nothing unless overridden. */
  default void enter(ServletContext context) {}

  /** Gives back stores and threads. */
  @Override
  void close();
}
