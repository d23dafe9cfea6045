/**
 * Consumers and Credentials in a relational database.
 *
 * <p>{@link dev.gatehouse.jpa.JpaConsumerStores} opens the store in code, {@link
 * dev.gatehouse.internal.jpa.JpaStoreProvider} from the product's settings. The rest is not
 * promised.
 */
@NullMarked
package dev.gatehouse.jpa;

import org.jspecify.annotations.NullMarked;
