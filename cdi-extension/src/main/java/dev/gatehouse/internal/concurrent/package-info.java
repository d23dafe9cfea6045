/** Carries the caller to threads of Jakarta Concurrency. */
@NullMarked
package dev.gatehouse.internal.concurrent;

import org.jspecify.annotations.NullMarked;
