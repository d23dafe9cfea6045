/** The credential plugin jwt-auth, its keys and key sets. */
@NullMarked
package dev.gatehouse.internal.auth.jwt;

import org.jspecify.annotations.NullMarked;
