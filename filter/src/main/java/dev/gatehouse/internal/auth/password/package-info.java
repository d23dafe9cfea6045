/** Password hashes and their verification. */
@NullMarked
package dev.gatehouse.internal.auth.password;

import org.jspecify.annotations.NullMarked;
