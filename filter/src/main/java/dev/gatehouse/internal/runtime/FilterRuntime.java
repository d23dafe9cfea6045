package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.engine.Gate;
import dev.gatehouse.internal.request.ClientAddress;
import dev.gatehouse.internal.request.RoleLabel;

/**
 * What one request meets: a configuration that does not change while the request runs.
 *
 * @param gate decides
 * @param roles what roles a Consumer has
 * @param maxWaiting how many requests may wait before they go on
 * @param clients finds out from which address a request comes
 */
public record FilterRuntime(Gate gate, RoleLabel roles, int maxWaiting, ClientAddress clients) {}
