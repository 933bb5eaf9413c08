/** What stands between callers and a store that is away. */
@NullMarked
package io.tidegate.breaker;

import org.jspecify.annotations.NullMarked;
