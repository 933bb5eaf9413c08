/** Tests of limits. */
@NullMarked
package io.tidegate.limit;

import org.jspecify.annotations.NullMarked;
