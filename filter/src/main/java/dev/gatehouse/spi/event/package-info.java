/** Events of the gate and their listeners. */
@NullMarked
package dev.gatehouse.spi.event;

import org.jspecify.annotations.NullMarked;
