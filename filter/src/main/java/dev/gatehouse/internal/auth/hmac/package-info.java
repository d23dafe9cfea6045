/** The credential plugin hmac-auth and its signature formats. */
@NullMarked
package dev.gatehouse.internal.auth.hmac;

import org.jspecify.annotations.NullMarked;
