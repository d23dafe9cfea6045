/** The contract of rate limiters and of the engines that several nodes share. */
@NullMarked
package dev.gatehouse.spi.limit;

import org.jspecify.annotations.NullMarked;
