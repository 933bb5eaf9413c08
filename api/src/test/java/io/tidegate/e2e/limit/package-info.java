/** Limits over the wire: what is refused, how it is told, and that nothing else is. */
@NullMarked
package io.tidegate.e2e.limit;

import org.jspecify.annotations.NullMarked;
