/** Annotations on endpoints: discovery, checks and enforcement. */
@NullMarked
package dev.gatehouse.internal.endpoint;

import org.jspecify.annotations.NullMarked;
