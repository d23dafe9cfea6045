/** Rows of the JPA store. */
@NullMarked
package dev.gatehouse.internal.jpa.row;

import org.jspecify.annotations.NullMarked;
