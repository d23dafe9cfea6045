/** Annotations at REST resources, asked once the router has chosen the method. */
@NullMarked
package dev.gatehouse.rest;

import org.jspecify.annotations.NullMarked;
