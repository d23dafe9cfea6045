/** Strict JSON: a reader with bounds and a writer. */
@NullMarked
package dev.gatehouse.internal.json;

import org.jspecify.annotations.NullMarked;
