/** Reads declarative files of other gateways for an import. */
@NullMarked
package dev.gatehouse.internal.imports;

import org.jspecify.annotations.NullMarked;
