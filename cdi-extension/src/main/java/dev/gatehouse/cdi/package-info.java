/**
 * Types for injection. Inject {@code Consumer} and {@code Credential}, or {@link
 * dev.gatehouse.cdi.Caller} if a Consumer is optional.
 */
@NullMarked
package dev.gatehouse.cdi;

import org.jspecify.annotations.NullMarked;
