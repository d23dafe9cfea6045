/**
 * Jakarta Security knows the Consumer: {@code getUserPrincipal}, {@code @RolesAllowed} and the
 * {@code SecurityContext} of the container answer as the request does.
 */
@NullMarked
package dev.gatehouse.security;

import org.jspecify.annotations.NullMarked;
