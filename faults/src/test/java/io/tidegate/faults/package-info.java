/** The checker itself, on real clusters. */
@NullMarked
package io.tidegate.faults;

import org.jspecify.annotations.NullMarked;
