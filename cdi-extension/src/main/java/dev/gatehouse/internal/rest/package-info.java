/** Guards of Jakarta REST resources. */
@NullMarked
package dev.gatehouse.internal.rest;

import org.jspecify.annotations.NullMarked;
