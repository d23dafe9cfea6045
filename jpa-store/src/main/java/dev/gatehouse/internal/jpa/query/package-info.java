/** Queries of the JPA store. */
@NullMarked
package dev.gatehouse.internal.jpa.query;

import org.jspecify.annotations.NullMarked;
