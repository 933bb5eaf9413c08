/**
 * Finds what a node was not told: reads the trails of the stores, and tells feeds that are behind.
 */
@NullMarked
package io.tidegate.tail;

import org.jspecify.annotations.NullMarked;
