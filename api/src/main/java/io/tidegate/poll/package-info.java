/**
 * Long polling, for networks that let nothing else through: {@code GET /v1/poll} is a stream that
 * ends with its first events.
 */
@NullMarked
package io.tidegate.poll;

import org.jspecify.annotations.NullMarked;
