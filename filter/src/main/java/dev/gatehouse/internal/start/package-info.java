/** The start of an application: eager configuration, checks and the start line. */
@NullMarked
package dev.gatehouse.internal.start;

import org.jspecify.annotations.NullMarked;
