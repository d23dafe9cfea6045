/** The gate: the whole decision about a request, without any servlet type. */
@NullMarked
package dev.gatehouse.engine;

import org.jspecify.annotations.NullMarked;
