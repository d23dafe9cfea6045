/** Runs the fuzzers, which are in the packages of the parsers that they test. */
@NullMarked
package dev.gatehouse.fuzz;

import org.jspecify.annotations.NullMarked;
