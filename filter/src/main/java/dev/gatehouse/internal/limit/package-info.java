/** The limit plugins: limit-count, limit-req, limit-conn and limit-failed-auth. */
@NullMarked
package dev.gatehouse.internal.limit;

import org.jspecify.annotations.NullMarked;
