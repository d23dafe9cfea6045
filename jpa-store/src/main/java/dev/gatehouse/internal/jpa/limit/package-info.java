/** Counters of limits in a database. */
@NullMarked
package dev.gatehouse.internal.jpa.limit;

import org.jspecify.annotations.NullMarked;
