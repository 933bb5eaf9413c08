/** Messages as the wire has them, the same over HTTP and WebSocket. */
@NullMarked
package io.tidegate.sdk.internal.message;

import org.jspecify.annotations.NullMarked;
