/** The gate of the public API: what it is, and what of a change breaks applications. */
@NullMarked
package io.tidegate.sdk.api;

import org.jspecify.annotations.NullMarked;
