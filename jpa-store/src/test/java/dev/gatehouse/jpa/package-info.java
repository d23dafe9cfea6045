/** Shows that the store keeps its promises on real databases, and under real transactions. */
@NullMarked
package dev.gatehouse.jpa;

import org.jspecify.annotations.NullMarked;
