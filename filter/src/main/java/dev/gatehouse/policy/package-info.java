/** The consumer interceptors: what an identified Consumer may do, and how often. */
@NullMarked
package dev.gatehouse.policy;

import org.jspecify.annotations.NullMarked;
