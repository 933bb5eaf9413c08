/** Says whether what all observers saw can be true together. */
@NullMarked
package io.tidegate.e2e.check;

import org.jspecify.annotations.NullMarked;
