package dev.gatehouse.internal.endpoint;

import dev.gatehouse.internal.injection.ApplicationBeans;
import org.jspecify.annotations.Nullable;

/** A lookup of the extension of the running application. */
final class Extensions {
  private Extensions() {}

  /** Returns the extension, or null if CDI is not active or does not have it. */
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
