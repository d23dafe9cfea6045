/**
 * The domain of Gatehouse: Consumer, Credential, Route and related types.
 *
 * <p>All types are immutable unless stated otherwise.
 */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
