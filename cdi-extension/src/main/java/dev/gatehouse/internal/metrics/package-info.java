/** The libraries of metrics behind one interface. */
@NullMarked
package dev.gatehouse.internal.metrics;

import org.jspecify.annotations.NullMarked;
