/** Stores that live in this process: memory, the cache in front of slower ones, local counters. */
@NullMarked
package dev.gatehouse.store;

import org.jspecify.annotations.NullMarked;
