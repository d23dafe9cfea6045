/**
 * Annotations named after the plugins, for servlets, REST resources and CDI beans.
 *
 * <p>Each is one plugin with its settings. On a servlet class they make a Route of exactly that
 * servlet, whatever its mappings are; on a REST resource or a bean they are asked before a method
 * is called.
 *
 * <p>For each plugin the nearest place decides: the method, one that it overrides or implements,
 * the class, its superclass, its interfaces; different plugins add up. What is inherited from two
 * interfaces must be equal. An annotation may also stand on a stereotype or on any other annotation
 * of yours.
 */
@NullMarked
package dev.gatehouse.annotation;

import org.jspecify.annotations.NullMarked;
