/** Proves the servlet side. */
@NullMarked
package dev.gatehouse.servlet;

import org.jspecify.annotations.NullMarked;
