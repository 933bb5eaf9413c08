/** Tests, named as the promises they hold. */
@NullMarked
package io.tidegate.bench.scenario;

import org.jspecify.annotations.NullMarked;
