/** What a request costs, beside a floor of JDK classes only, in one run so that ratios count. */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
