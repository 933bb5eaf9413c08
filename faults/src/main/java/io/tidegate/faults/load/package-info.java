/** The clients: they publish, subscribe and are present through the public interfaces only. */
@NullMarked
package io.tidegate.faults.load;

import org.jspecify.annotations.NullMarked;
