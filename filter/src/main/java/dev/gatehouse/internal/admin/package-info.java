/** The Admin API behind its servlet. */
@NullMarked
package dev.gatehouse.internal.admin;

import org.jspecify.annotations.NullMarked;
