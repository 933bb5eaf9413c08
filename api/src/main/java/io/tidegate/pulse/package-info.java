/**
 * What goes on now: rates of the last seconds and latencies of the last minute, of every app, taken
 * from what is counted for usage and told to the other nodes.
 */
@NullMarked
package io.tidegate.pulse;

import org.jspecify.annotations.NullMarked;
