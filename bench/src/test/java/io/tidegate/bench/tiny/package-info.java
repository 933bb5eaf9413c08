/**
 * A gateway of a few hundred lines that speaks the same routes and frames, on Netty's own WebSocket
 * codec, so that the generator's hand-written one is tested against another; it can misbehave on
 * purpose, so that the checks are seen to fail.
 */
@NullMarked
package io.tidegate.bench.tiny;

import org.jspecify.annotations.NullMarked;
