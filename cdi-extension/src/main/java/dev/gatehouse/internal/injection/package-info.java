/** The CDI extension and the beans it offers. */
@NullMarked
package dev.gatehouse.internal.injection;

import org.jspecify.annotations.NullMarked;
