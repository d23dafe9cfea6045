/** Reads and writes JSON, and reads YAML, within bounds. */
@NullMarked
package dev.gatehouse.internal.json;

import org.jspecify.annotations.NullMarked;
