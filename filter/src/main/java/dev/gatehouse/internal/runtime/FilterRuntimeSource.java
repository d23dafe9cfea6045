package dev.gatehouse.internal.runtime;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;

/** The source of a filter's present runtime. */
public interface FilterRuntimeSource extends AutoCloseable {
  /** Returns the present runtime. Safe for use by several threads. */
  FilterRuntime site();

  /** Called when the application of the filter has started. The default does nothing. */
  default void enter(ServletContext context) {}

  /** Returns the runtime of a request, which a reload does not change. */
  default FilterRuntime site(ServletRequest request) {
    return site();
  }

  /** Closes stores and ends threads. */
  @Override
  void close();
}
