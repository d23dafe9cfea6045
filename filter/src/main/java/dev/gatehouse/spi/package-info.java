/**
 * The doors of Gatehouse: what a plugin, a store or a rate-limit engine implements, and what it is
 * given.
 */
@NullMarked
package dev.gatehouse.spi;

import org.jspecify.annotations.NullMarked;
