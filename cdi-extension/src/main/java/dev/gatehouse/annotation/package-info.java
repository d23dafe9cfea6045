/**
 * Annotations named after the plugins, for servlets, REST resources and CDI beans.
 *
 * <p>Each is one plugin with its settings. On a servlet class they make a Route of exactly that
 * servlet, whatever its mappings are. On a REST resource class or method they are checked when the
 * method was matched, whatever the router made of the path. On a CDI bean's class or method they
 * are checked when another object calls it.
 *
 * <p>A plugin at a method stands in for the same plugin at its class, one at a class for that of
 * its superclass, and that for one of its interfaces; different plugins add up. What is inherited
 * from two interfaces must be equal. An annotation may also stand on a stereotype or on any other
 * annotation of yours.
 */
@NullMarked
package dev.gatehouse.annotation;

import org.jspecify.annotations.NullMarked;
