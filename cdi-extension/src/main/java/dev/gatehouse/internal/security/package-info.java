/** The Jakarta Security mechanism of a Consumer. */
@NullMarked
package dev.gatehouse.internal.security;

import org.jspecify.annotations.NullMarked;
