/** Tests, named as the promises they hold. */
@NullMarked
package io.tidegate.bench.client;

import org.jspecify.annotations.NullMarked;
