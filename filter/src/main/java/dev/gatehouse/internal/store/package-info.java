/** The in-memory store and what all stores share. */
@NullMarked
package dev.gatehouse.internal.store;

import org.jspecify.annotations.NullMarked;
