/** Proves what the stores and counters of this process promise. */
@NullMarked
package dev.gatehouse.store;

import org.jspecify.annotations.NullMarked;
