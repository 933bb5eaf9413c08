/**
 * Clients that mean harm, or cannot do better: what the gateway says to them, and to nobody else.
 */
@NullMarked
package io.tidegate.e2e.hostile;

import org.jspecify.annotations.NullMarked;
