/** Positions in URLs and ids of events. */
@NullMarked
package io.tidegate.edge;

import org.jspecify.annotations.NullMarked;
