/**
 * Server-Sent Events: {@code GET /v1/sse}. {@code event} is the frame's type, {@code data} the
 * frame on one line, {@code id} the position of every channel of the stream, so that a browser's
 * own EventSource resumes without a gap.
 */
@NullMarked
package io.tidegate.sse;

import org.jspecify.annotations.NullMarked;
