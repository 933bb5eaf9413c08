/** Several nodes in one thread over a bus and stores that fail: one seed is one schedule. */
@NullMarked
package io.tidegate.simulation;

import org.jspecify.annotations.NullMarked;
