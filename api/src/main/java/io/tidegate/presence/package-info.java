/**
 * Who is present in a channel: entering and leaving, the set that all nodes share ({@link
 * PresenceStore}), and what this node's clients are told of it. A client is told differences
 * between sets that were read, so what a node was not told it finds out with the next reading.
 */
@NullMarked
package io.tidegate.presence;

import org.jspecify.annotations.NullMarked;
