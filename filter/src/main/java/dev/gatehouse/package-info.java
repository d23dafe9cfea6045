/**
 * The words of Gatehouse: Consumer, Credential, Route, and the settings of their plugins.
 *
 * <p>Everything here is immutable or says otherwise, and knows nothing but the JDK and the rooms
 * below.
 */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
