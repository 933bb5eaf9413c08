/** Histories with one broken promise each. */
@NullMarked
package io.tidegate.faults.check;

import org.jspecify.annotations.NullMarked;
