/**
 * Annotations named after the plugins, for servlets.
 *
 * <p>Each is one plugin with its settings. On a servlet class they make a Route of exactly that
 * servlet, whatever its mappings are.
 *
 * <p>A plugin at a class stands in for the same plugin at its superclass, and that for one at its
 * interfaces; different plugins add up. What is inherited from two interfaces must be equal. An
 * annotation may also stand on a stereotype or on any other annotation of yours.
 */
@NullMarked
package dev.gatehouse.annotation;

import org.jspecify.annotations.NullMarked;
