/** Plugins that restrict, check or change a request: acl, cors, workflow and others. */
@NullMarked
package dev.gatehouse.internal.restrict;

import org.jspecify.annotations.NullMarked;
