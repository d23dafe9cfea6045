/** The Admin API: Consumers and Credentials over HTTP, with the paths and bodies of APISIX. */
@NullMarked
package dev.gatehouse.admin;

import org.jspecify.annotations.NullMarked;
