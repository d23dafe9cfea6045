package dev.gatehouse.internal.endpoint;

import dev.gatehouse.internal.injection.ApplicationBeans;
import org.jspecify.annotations.Nullable;

/** The extension of the running application. */
final class Extensions {
  private Extensions() {}

  /** Returns it, or null if CDI does not run or runs without it. */
  static @Nullable GatehouseExtension find() {
    return ApplicationBeans.find()
        .map(
            beans -> {
              try {
                return beans.getExtension(GatehouseExtension.class);
              } catch (IllegalArgumentException absent) {
                return null;
              }
            })
        .orElse(null);
  }
}
