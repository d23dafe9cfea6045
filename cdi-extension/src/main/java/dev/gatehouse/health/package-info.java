/** Readiness, where MicroProfile Health is. */
@NullMarked
package dev.gatehouse.health;

import org.jspecify.annotations.NullMarked;
