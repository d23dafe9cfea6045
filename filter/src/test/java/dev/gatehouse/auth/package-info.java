/** Proves what the credential plugins find out. */
@NullMarked
package dev.gatehouse.auth;

import org.jspecify.annotations.NullMarked;
