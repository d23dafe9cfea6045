/** The cache in front of a store, driven by its change feed. */
@NullMarked
package dev.gatehouse.internal.store.cache;

import org.jspecify.annotations.NullMarked;
