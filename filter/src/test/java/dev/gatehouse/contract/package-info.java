/** What every implementation of a door promises, as suites to extend, and values to feed them. */
@NullMarked
package dev.gatehouse.contract;

import org.jspecify.annotations.NullMarked;
