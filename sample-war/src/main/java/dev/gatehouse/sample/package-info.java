/** A small orders API for partners, as an application that uses Gatehouse would write it. */
@NullMarked
package dev.gatehouse.sample;

import org.jspecify.annotations.NullMarked;
