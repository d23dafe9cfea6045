/** The credential plugins key-auth, basic-auth and multi-auth. */
@NullMarked
package dev.gatehouse.internal.auth;

import org.jspecify.annotations.NullMarked;
