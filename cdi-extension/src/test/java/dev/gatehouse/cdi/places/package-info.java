/** Not scanned for beans: an annotation without effect stops a deployment. */
@NullMarked
@Vetoed
package dev.gatehouse.cdi.places;

import jakarta.enterprise.inject.Vetoed;
import org.jspecify.annotations.NullMarked;
