/**
 * {@code /v1/events}: what happens to the installation, for consoles and the curious: a low-rate
 * stream over the framework's own WebSocket, not the subscribe edge.
 */
@NullMarked
package io.tidegate.events;

import org.jspecify.annotations.NullMarked;
