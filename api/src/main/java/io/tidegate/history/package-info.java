/** A channel's past and state over REST: its history, its rules, its subscribers, its end. */
@NullMarked
package io.tidegate.history;

import org.jspecify.annotations.NullMarked;
