package dev.gatehouse.internal.engine;

import dev.gatehouse.internal.plugin.ConfiguredAuthenticator;
import dev.gatehouse.spi.store.StoreException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Consumers of {@code anonymous_consumer}.
 *
 * <p>They are data of the store, which may change, so a missing one does not stop the start.
 */
final class AnonymousConsumers {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.gate");

  private final CredentialResolver credentials;

  AnonymousConsumers(CredentialResolver credentials) {
    this.credentials = credentials;
  }

  /** Logs a warning for each Route whose anonymous Consumer is not in the store. */
  void warnOfMissing(List<BoundRoute> routes) {
    Set<String> found = new TreeSet<>();
    try {
      for (BoundRoute route : routes) {
        for (ConfiguredAuthenticator<?> step : route.auth()) {
          step.config()
              .common()
              .anonymousConsumer()
              .filter(username -> !found.contains(username))
              .ifPresent(
                  username -> {
                    if (credentials.consumer(username) == null) {
                      warn(route, step, username);
                    } else {
                      found.add(username);
                    }
                  });
        }
      }
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the store cannot be asked whether the Consumers of anonymous_consumer exist",
          e);
    }
  }

  private static void warn(BoundRoute route, ConfiguredAuthenticator<?> step, String username) {
    LOG.log(
        System.Logger.Level.WARNING,
        ("Route %s, plugin %s: anonymous_consumer names the Consumer %s, which is not in the store."
                + " Requests without a credential get 401 until it is there.")
            .formatted(route.route().name(), step.plugin().name(), username));
  }
}
