/** A factory of stores, counters and clusters for filters that are built in code. */
@NullMarked
package dev.gatehouse.store;

import org.jspecify.annotations.NullMarked;
