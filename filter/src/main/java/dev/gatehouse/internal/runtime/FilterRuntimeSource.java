package dev.gatehouse.internal.runtime;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;

/** Where the filter finds the configuration that is in force now. */
public interface FilterRuntimeSource extends AutoCloseable {
  /** The configuration in force; safe for use by several threads. */
  FilterRuntime site();

  /** The application that the filter serves has begun; does nothing unless overridden. */
  default void enter(ServletContext context) {}

  /**
   * The configuration that was in force when a request began: a reload in between changes nothing
   * for it, whatever filters it meets.
   */
  default FilterRuntime site(ServletRequest request) {
    return site();
  }

  /** Gives back stores and threads. */
  @Override
  void close();
}
