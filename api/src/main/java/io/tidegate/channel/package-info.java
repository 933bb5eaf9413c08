/**
 * The nouns of a channel: its name, patterns over names, positions, messages and the rules that
 * apply to it. Values check themselves at birth, so that past the edge nothing is a bare String.
 * Floor 0: imports nothing of the project but {@code problem}.
 */
@NullMarked
package io.tidegate.channel;

import org.jspecify.annotations.NullMarked;
