/**
 * For tests of applications that use Gatehouse: a Consumer that calls without a credential, and
 * clients that sign.
 */
@NullMarked
package dev.gatehouse.testing;

import org.jspecify.annotations.NullMarked;
