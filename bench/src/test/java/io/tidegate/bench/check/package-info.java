/** Tests, named as the promises they hold. */
@NullMarked
package io.tidegate.bench.check;

import org.jspecify.annotations.NullMarked;
