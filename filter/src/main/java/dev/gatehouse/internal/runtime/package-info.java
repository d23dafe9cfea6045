/** The runtime of an application and its filters: start, reload and stop. */
@NullMarked
package dev.gatehouse.internal.runtime;

import org.jspecify.annotations.NullMarked;
