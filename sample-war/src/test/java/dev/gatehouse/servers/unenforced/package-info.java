/** Classes whose annotations nothing can enforce; each must stop the start of its application. */
@NullMarked
package dev.gatehouse.servers.unenforced;

import org.jspecify.annotations.NullMarked;
