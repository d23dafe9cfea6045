/** The servlet side: the filter, the wrapped request, and every way to configure them. */
@NullMarked
package dev.gatehouse.servlet;

import org.jspecify.annotations.NullMarked;
