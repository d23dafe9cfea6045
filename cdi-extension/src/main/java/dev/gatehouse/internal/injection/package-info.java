/** The injectable views of the current caller. */
@NullMarked
package dev.gatehouse.internal.injection;

import org.jspecify.annotations.NullMarked;
