/** Who calls, on the managed threads of Jakarta Concurrency. */
@NullMarked
package dev.gatehouse.concurrent;

import org.jspecify.annotations.NullMarked;
