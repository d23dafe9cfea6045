/** Writes of the JPA store. */
@NullMarked
package dev.gatehouse.internal.jpa.write;

import org.jspecify.annotations.NullMarked;
