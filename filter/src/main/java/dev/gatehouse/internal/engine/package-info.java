/** The gate: Routes, authentication, interceptors and the verdict on a request. */
@NullMarked
package dev.gatehouse.internal.engine;

import org.jspecify.annotations.NullMarked;
