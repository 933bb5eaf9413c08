/**
 * JSON as the gateway reads it: strictly, within bounds, and with every fault named by its path.
 * Floor 0: imports nothing of the project but {@code problem} and {@code channel}.
 */
@NullMarked
package io.tidegate.json;

import org.jspecify.annotations.NullMarked;
