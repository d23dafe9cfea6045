package dev.gatehouse.servlet;

import dev.gatehouse.Consumer;
import dev.gatehouse.engine.Gate;
import java.util.Set;
import java.util.function.Function;

/**
 * What one request meets: a configuration that does not change while the request runs.
 *
 * @param gate decides
 * @param roles the roles of a Consumer
 */
record Site(Gate gate, Function<Consumer, Set<String>> roles) {}
