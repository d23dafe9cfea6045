/** The credential plugins: ways in which a Consumer proves who it is. */
@NullMarked
package dev.gatehouse.auth;

import org.jspecify.annotations.NullMarked;
