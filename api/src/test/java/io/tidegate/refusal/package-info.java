/** Refusals that are kept, and how many are not. */
@NullMarked
package io.tidegate.refusal;

import org.jspecify.annotations.NullMarked;
