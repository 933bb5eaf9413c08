package io.tidegate.allowance;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What everything that nodes share works with.
 *
 * @param nodes that live, this one among them, as last known; at least 1
 * @param nanos as {@link System#nanoTime}
 * @param patience after this without an answer a node decides by itself
 */
record Circle(
    Lender lender, Courier courier, IntSupplier nodes, LongSupplier nanos, Duration patience) {}
