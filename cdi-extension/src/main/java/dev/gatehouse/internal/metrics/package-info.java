/** Metrics of decisions for Micrometer, MicroProfile Metrics and OpenTelemetry. */
@NullMarked
package dev.gatehouse.internal.metrics;

import org.jspecify.annotations.NullMarked;
