/** The JPA store: opening, transactions and calls. */
@NullMarked
package dev.gatehouse.internal.jpa;

import org.jspecify.annotations.NullMarked;
