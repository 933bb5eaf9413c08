/**
 * Bytes: WebSocket frames and handshake written by hand (RFC 6455), the stamp that every message
 * carries, and the scanner that finds it without parsing. Nothing here knows a connection.
 */
@NullMarked
package io.tidegate.bench.wire;

import org.jspecify.annotations.NullMarked;
