/**
 * Who calls, for injection: {@code @Inject Consumer}, {@code @Inject Credential}, and {@link
 * dev.gatehouse.cdi.Caller} where a Consumer is optional.
 */
@NullMarked
package dev.gatehouse.cdi;

import org.jspecify.annotations.NullMarked;
