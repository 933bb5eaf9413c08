/** A channel's past and present, as asked for over REST: pages of messages, lists of channels. */
@NullMarked
package io.tidegate.history;

import org.jspecify.annotations.NullMarked;
