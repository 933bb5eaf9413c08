/**
 * Calls over the JDK's HTTP client: time limits, refusals as exceptions, and what is tried again.
 */
@NullMarked
package io.tidegate.sdk.internal.http;

import org.jspecify.annotations.NullMarked;
