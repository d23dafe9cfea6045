/** The properties of the product and their sources. */
@NullMarked
package dev.gatehouse.internal.property;

import org.jspecify.annotations.NullMarked;
