/** An application whose annotated methods are those of enterprise beans and session beans. */
@NullMarked
package dev.gatehouse.servers.beans;

import org.jspecify.annotations.NullMarked;
