/** Limits that the nodes of a cluster share. */
@NullMarked
package dev.gatehouse.internal.limit.cluster;

import org.jspecify.annotations.NullMarked;
