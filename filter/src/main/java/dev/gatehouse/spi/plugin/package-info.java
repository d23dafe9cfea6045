/**
 * The contract of plugins: credential plugins, interceptors and guards, and the values they take
 * and return.
 */
@NullMarked
package dev.gatehouse.spi.plugin;

import org.jspecify.annotations.NullMarked;
