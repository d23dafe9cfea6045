/** Metrics of decisions for Micrometer, OpenTelemetry and MicroProfile Metrics. */
@NullMarked
package dev.gatehouse.metrics;

import org.jspecify.annotations.NullMarked;
