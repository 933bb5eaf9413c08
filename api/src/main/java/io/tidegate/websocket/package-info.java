/**
 * The native protocol over WebSocket (RFC 6455): {@code GET /v1/ws}, one JSON object per text
 * frame, as {@code openapi/asyncapi.yaml} describes it.
 */
@NullMarked
package io.tidegate.websocket;

import org.jspecify.annotations.NullMarked;
