/** The Admin API: Consumers and Credentials over HTTP, as the reference's people know it. */
@NullMarked
package dev.gatehouse.admin;

import org.jspecify.annotations.NullMarked;
