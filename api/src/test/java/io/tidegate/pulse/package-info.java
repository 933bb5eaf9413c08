/** What goes on now is told as it is, and of every node. */
@NullMarked
package io.tidegate.pulse;

import org.jspecify.annotations.NullMarked;
