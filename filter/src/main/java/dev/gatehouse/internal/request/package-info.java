/** The servlet side of one request: its wrappers, body replay, replies and permits. */
@NullMarked
package dev.gatehouse.internal.request;

import org.jspecify.annotations.NullMarked;
