/** Tests of rates and counts, on one node and on many. */
@NullMarked
package io.tidegate.allowance;

import org.jspecify.annotations.NullMarked;
