/** Not scanned for beans: an annotation of ours that nothing heeds stops a deployment. */
@NullMarked
@Vetoed
package dev.gatehouse.cdi.places;

import jakarta.enterprise.inject.Vetoed;
import org.jspecify.annotations.NullMarked;
