/** The schema of the JPA store and its migrations. */
@NullMarked
package dev.gatehouse.internal.jpa.schema;

import org.jspecify.annotations.NullMarked;
