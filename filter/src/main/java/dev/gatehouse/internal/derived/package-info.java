/** Values that belong to the object they are derived from. */
@NullMarked
package dev.gatehouse.internal.derived;

import org.jspecify.annotations.NullMarked;
