/**
 * Annotations of plugins for servlets, REST resources and CDI beans.
 *
 * <p>Each annotation is one plugin with its settings. On a servlet class they define a Route of
 * exactly that servlet, with all of its mappings. On a REST resource or a bean the plugins run
 * before a method is called.
 *
 * <p>For each plugin the nearest annotation applies: on the method, on a method that it overrides
 * or implements, on the class, its superclass, its interfaces. Different plugins add up.
 * Annotations that are inherited from two interfaces must be equal. Stereotypes and your own
 * annotations may carry them too.
 */
@NullMarked
package dev.gatehouse.annotation;

import org.jspecify.annotations.NullMarked;
