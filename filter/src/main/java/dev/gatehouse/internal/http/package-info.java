/** Strict parsers of HTTP values and network addresses. */
@NullMarked
package dev.gatehouse.internal.http;

import org.jspecify.annotations.NullMarked;
