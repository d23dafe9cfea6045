/**
 * The settings of plugins: the typed reader, plugin sets and the problems found in a configuration.
 */
@NullMarked
package dev.gatehouse.settings;

import org.jspecify.annotations.NullMarked;
