/** Checks of the source text and of the public API; exported as test-jar for all modules. */
@NullMarked
package dev.gatehouse.checks;

import org.jspecify.annotations.NullMarked;
