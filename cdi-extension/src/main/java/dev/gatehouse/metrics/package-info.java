/**
 * Counts and times what the gate decides, in Micrometer, OpenTelemetry and MicroProfile Metrics,
 * whichever of them are there.
 */
@NullMarked
package dev.gatehouse.metrics;

import org.jspecify.annotations.NullMarked;
