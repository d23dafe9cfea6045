package dev.gatehouse.internal.injection;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** Classes that an application can load. */
public final class Visible {
  private Visible() {}

  /** Returns a class, or null if the application cannot load it. The container reports that. */
  public static @Nullable Class<?> load(@Nullable String name, ServletContext context) {
    try {
      return name == null ? null : Class.forName(name, false, context.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
