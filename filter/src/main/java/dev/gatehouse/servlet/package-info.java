/** The servlet filter and its builder. */
@NullMarked
package dev.gatehouse.servlet;

import org.jspecify.annotations.NullMarked;
