/**
 * What every implementation of a door, and every module, is tested against; exported as test-jar.
 */
@NullMarked
package dev.gatehouse.contract;

import org.jspecify.annotations.NullMarked;
