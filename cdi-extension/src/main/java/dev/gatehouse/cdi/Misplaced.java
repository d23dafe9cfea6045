package dev.gatehouse.cdi;

import dev.gatehouse.Mistakes;
import jakarta.servlet.Servlet;

/**
 * Annotations in a place where nothing would heed them, so that nobody takes for protected what is
 * open.
 */
final class Misplaced {
  private Misplaced() {}

  /** Reports a class that has annotations of ours and is no servlet. */
  static void report(Class<?> type, Mistakes mistakes) {
    boolean isPlace = type.isInterface() || Servlet.class.isAssignableFrom(type);
    if (!isPlace && hasAny(type)) {
      mistakes.add(
          type.getName(),
          "has annotations of Gatehouse, which hold on servlet classes only; protect its paths by"
              + " Routes");
    }
  }

  /** A class of which a part cannot be loaded is none that a container would run. */
  private static boolean hasAny(Class<?> type) {
    try {
      return EndpointPlugins.anyOn(type);
    } catch (LinkageError e) {
      return false;
    }
  }
}
