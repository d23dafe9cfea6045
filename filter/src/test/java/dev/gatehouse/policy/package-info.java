/** Proves what the consumer interceptors decide. */
@NullMarked
package dev.gatehouse.policy;

import org.jspecify.annotations.NullMarked;
