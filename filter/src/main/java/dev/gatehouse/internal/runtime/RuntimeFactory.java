package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.engine.ConfiguredRoute;
import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.request.ClientAddress;
import dev.gatehouse.internal.request.RoleLabel;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.store.ConsumerStore;
import java.util.List;

/**
 * Assembles the runtimes of filters, of those that the container starts and of those in code.
 *
 * @param reading the plugins and the digest
 * @param listener hears what the gates decide
 * @param allowJsessionid whether a path may end in {@code ;jsessionid=...}
 * @param roles what roles a Consumer has
 * @param maxWaiting how many requests may wait before they go on
 * @param clients finds out from which address a request comes
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
   * @param file the configuration, for what holds beyond one Route
   * @param store where Consumers are found
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
