/**
 * The connection to Redis: one server, or a cluster of primaries. Knows scripts and failures, and
 * how nodes tell each other something through it, but nothing of channels. Lettuce is imported here
 * and in {@code Redis*} classes only.
 */
@NullMarked
package io.tidegate.redis;

import org.jspecify.annotations.NullMarked;
