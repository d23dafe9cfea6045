/** The MicroProfile readiness check. */
@NullMarked
package dev.gatehouse.internal.health;

import org.jspecify.annotations.NullMarked;
