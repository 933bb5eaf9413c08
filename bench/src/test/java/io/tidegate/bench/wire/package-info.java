/** Tests, named as the promises they hold. */
@NullMarked
package io.tidegate.bench.wire;

import org.jspecify.annotations.NullMarked;
