package dev.gatehouse.servlet;

import dev.gatehouse.engine.Gate;

/**
 * What one request meets: a configuration that does not change while the request runs.
 *
 * @param gate decides
 * @param roles what roles a Consumer has
 * @param maxWaiting how many requests may wait before they go on
 * @param clients finds out from which address a request comes
 */
record Site(Gate gate, RoleLabel roles, int maxWaiting, ClientAddress clients) {}
