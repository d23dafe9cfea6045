package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.plugin.ConfiguredRoute;
import dev.gatehouse.internal.request.ClientAddress;
import dev.gatehouse.internal.request.RoleLabel;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.store.ConsumerStore;
import java.util.List;

/**
 * The factory of filter runtimes, for filters of the container and in code.
 *
 * @param reading the plugins and the digest
 * @param listener the listener of decisions
 * @param allowJsessionid whether a path may end in {@code ;jsessionid=...}
 * @param roles the mapping of Consumers to roles
 * @param maxWaiting the maximum number of delayed requests
 * @param clients determines the client's address
 */
record RuntimeFactory(
    Reading reading,
    GateListener listener,
    boolean allowJsessionid,
    RoleLabel roles,
    int maxWaiting,
    ClientAddress clients) {

  /**
   * Opens a runtime.
   *
   * @param routes the Routes of the filter
   * @param file the configuration, for plugins of all Routes and groups
   * @param store the store of Consumers
   */
  FilterRuntime open(List<ConfiguredRoute> routes, Configuration file, ConsumerStore store) {
    Gate gate =
        Gate.open(
            new Gate.Setup(
                routes,
                reading.plugins(),
                store,
                reading.digest(),
                listener,
                allowJsessionid,
                file.shared().service(),
                file.shared().pluginsOfGroups()));
    return new FilterRuntime(gate, roles, maxWaiting, clients);
  }
}
