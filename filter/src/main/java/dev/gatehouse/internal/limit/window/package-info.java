/** Windows and buckets of limits, counted in this process. */
@NullMarked
package dev.gatehouse.internal.limit.window;

import org.jspecify.annotations.NullMarked;
