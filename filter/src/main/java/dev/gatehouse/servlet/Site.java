package dev.gatehouse.servlet;

import dev.gatehouse.Consumer;
import dev.gatehouse.engine.Gate;
import java.util.function.BiPredicate;

/**
 * What one request meets: a configuration that does not change while the request runs.
 *
 * @param gate decides
 * @param roles whether a Consumer has a role
 * @param maxWaiting how many requests may wait before they go on
 * @param clients finds out from which address a request comes
 */
record Site(
    Gate gate, BiPredicate<Consumer, String> roles, int maxWaiting, ClientAddress clients) {}
