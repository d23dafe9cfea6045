/** Applications that ask the container for the caller, each in another way. */
@NullMarked
package dev.gatehouse.servers.identity;

import org.jspecify.annotations.NullMarked;
