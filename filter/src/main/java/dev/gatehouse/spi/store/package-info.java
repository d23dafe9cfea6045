/** The contract of stores of Consumers and Credentials. */
@NullMarked
package dev.gatehouse.spi.store;

import org.jspecify.annotations.NullMarked;
