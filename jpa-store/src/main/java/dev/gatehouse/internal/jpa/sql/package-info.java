/** Transactions and SQL calls of the JPA store. */
@NullMarked
package dev.gatehouse.internal.jpa.sql;

import org.jspecify.annotations.NullMarked;
