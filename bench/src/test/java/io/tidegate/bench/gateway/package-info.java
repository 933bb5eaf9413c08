/** Tests, named as the promises they hold. */
@NullMarked
package io.tidegate.bench.gateway;

import org.jspecify.annotations.NullMarked;
