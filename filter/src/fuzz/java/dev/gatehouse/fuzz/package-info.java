/** Runs the fuzzers, which stand in the packages of the parsers that they feed. */
@NullMarked
package dev.gatehouse.fuzz;

import org.jspecify.annotations.NullMarked;
