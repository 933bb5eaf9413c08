/**
 * Where a channel's past is: the broker's window or the log, by the rules that apply to it; how it
 * is read for everyone at once; and how a channel moves when its rules change.
 */
@NullMarked
package io.tidegate.store;

import org.jspecify.annotations.NullMarked;
