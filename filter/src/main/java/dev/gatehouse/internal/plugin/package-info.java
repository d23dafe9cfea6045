/** The registry of plugins and their configured forms. */
@NullMarked
package dev.gatehouse.internal.plugin;

import org.jspecify.annotations.NullMarked;
