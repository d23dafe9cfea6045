/**
 * Consumers and Credentials in a relational database.
 *
 * <p>With {@code gatehouse.store=jpa} an application opens the store by configuration. {@link
 * dev.gatehouse.jpa.JpaConsumerStores} opens it in code.
 */
@NullMarked
package dev.gatehouse.jpa;

import org.jspecify.annotations.NullMarked;
