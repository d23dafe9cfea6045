package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.request.ClientAddress;
import dev.gatehouse.internal.request.RoleLabel;

/**
 * The immutable runtime of a filter. A request uses one runtime from its beginning to its end.
 *
 * @param gate the gate
 * @param roles the mapping of Consumers to roles
 * @param maxWaiting the maximum number of delayed requests
 * @param clients determines the client's address
 */
public record FilterRuntime(Gate gate, RoleLabel roles, int maxWaiting, ClientAddress clients) {}
