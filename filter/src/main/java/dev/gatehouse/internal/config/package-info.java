/** Reads gatehouse.yaml and init parameters into a configuration. */
@NullMarked
package dev.gatehouse.internal.config;

import org.jspecify.annotations.NullMarked;
