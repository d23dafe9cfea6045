/** Tests of the store on real databases and with real transactions. */
@NullMarked
package dev.gatehouse.jpa;

import org.jspecify.annotations.NullMarked;
