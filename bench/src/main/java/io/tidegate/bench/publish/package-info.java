/**
 * Publishers, and what decides when they publish: arrays as fast as they are answered, a number of
 * messages in flight, or a pace.
 */
@NullMarked
package io.tidegate.bench.publish;

import org.jspecify.annotations.NullMarked;
